"""Every topic of the hall, who speaks on it, and whether the server retains it.

    okienko/request/<client>/<verb>   a client asks       not retained
    okienko/reply/<client>            the broker answers  not retained
    okienko/state/...                 the broker tells    retained, always complete
    okienko/health/<client>           everyone reports    retained, with a last will

What must happen once is never retained, and a retained message never makes anything happen.
"""

import re

ROOT = "okienko"
BROKER = "broker"

MENU = f"{ROOT}/state/menu"
BOARD = f"{ROOT}/state/board"
REQUESTS = f"{ROOT}/request/"
ALL_REQUESTS = f"{REQUESTS}+/+"
ALL_DESKS = f"{ROOT}/state/desk/+"
ALL_HEALTH = f"{ROOT}/health/+"
# Whoever subscribes to these is never sent a retained message.
HAPPENS_ONCE = (REQUESTS, f"{ROOT}/reply/")

# A client is a device's id and its MQTT user: nothing that MQTT could read as a level or a wildcard.
CLIENT_PATTERN = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def request(client: str, verb: str) -> str:
    """Return the topic on which `client` asks for `verb`."""
    return f"{ROOT}/request/{client}/{verb}"


def reply(client: str) -> str:
    """Return the topic on which the broker answers `client`."""
    return f"{ROOT}/reply/{client}"


def desk(desk_id: str) -> str:
    """Return the topic of one desk's state."""
    return f"{ROOT}/state/desk/{desk_id}"


def health(client: str) -> str:
    """Return the topic of one device's health."""
    return f"{ROOT}/health/{client}"


def client_and_verb(topic: str) -> tuple[str, str]:
    """Take a request topic apart; ValueError for a client id that no device may have."""
    _, _, client, verb = topic.split("/")
    if not CLIENT_PATTERN.fullmatch(client):
        raise ValueError(f"no client may be called {client[:64]!r}")
    return client, verb

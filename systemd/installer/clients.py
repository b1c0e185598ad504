"""Who this machine's programs are in the hall, from their settings, and how they get their passwords."""

import tomllib
from pathlib import Path
from typing import Any

from .commands import attempt, run
from .failure import CannotInstall
from .places import Places
from .release import Release
from .roles import ROLES

# Looks, and says nothing: `okienko-broker status`, and the installer when it has started everything.
ONLOOKER = "status"


def own_clients(places: Places, roles: tuple[str, ...]) -> dict[str, str]:
    """Return the client of each role on this machine: the broker's is always `broker`."""
    return {
        role: "broker" if role == "broker" else str(_settings(places, role).get("id", f"{role}-1")) for role in roles
    }


def own_desks(places: Places) -> list[str]:
    """Return the desks that this machine's desk terminal speaks for."""
    says = _settings(places, "desk")
    if says.get("desks"):
        return [str(desk["desk"]) for desk in says["desks"] if "desk" in desk]
    return [str(says.get("desk", str(says.get("id", "desk-1")).removeprefix("desk-")))]


def make_accounts(release: Release) -> None:
    """Give Mosquitto its list of passwords, and the broker its own."""
    run(release.folder / "bin" / "okienko-broker", "accounts")


def admit_own(places: Places, roles: tuple[str, ...], release: Release) -> list[str]:
    """Give each program of this machine a password of its own, where it has none; return who was admitted.

    Only where the broker is on this machine; devices elsewhere are paired by hand. So is whoever asks for its status.
    Who is registered but has no password was cut off in between, or the file of passwords was deleted.
    """
    broker = release.folder / "bin" / "okienko-broker"
    known = _registered(run(broker, "device", "list", *_database(places)))
    having = _toml(places.etc / "credentials")
    admitted = []
    for role, client in {**own_clients(places, roles), ONLOOKER: ONLOOKER}.items():
        if role != "broker" and not (client in known and (client in having or _is_named_in_address(places, role))):
            desks = (known.get(client) or own_desks(places)) if role == "desk" else []
            words = [word for desk in desks for word in ("--desk", desk)]
            run(broker, "device", "add", client, *words, "--here", *_database(places))
            admitted.append(client)
    return admitted


def open_to_the_hall(release: Release, listen: str | None) -> str | None:
    """Let other machines connect, encrypted; return what to do where it could not be arranged."""
    where = ["--listen", listen] if listen else []
    answer = attempt(release.folder / "bin" / "okienko-broker", "certificates", *where)
    if answer.returncode == 0:
        return None
    why = (answer.stderr.strip().splitlines() or ["no reason given"])[-1]
    return f"other machines cannot connect yet: {why}; then: sudo okienko-broker certificates --listen ADDRESS"


def _registered(listed: str) -> dict[str, list[str]]:
    """Return the desks of each device that `device list` shows; notes stand behind them."""
    lines = (line.partition("   ")[0].split() for line in listed.splitlines() if line.strip())
    return {client: desks for client, *desks in lines}


def _is_named_in_address(places: Places, role: str) -> bool:
    """Whether the settings have a name and password of their own, which go before the file."""
    return role in ROLES and "@" in str(_settings(places, role).get("mqtt", ""))


def _database(places: Places) -> list[str]:
    url = _settings(places, "broker").get("database")
    return ["--database", str(url)] if url else []


def _settings(places: Places, role: str) -> dict[str, Any]:
    return _toml(places.etc / ROLES[role].settings)


def _toml(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CannotInstall(f"{file}: not TOML: {error}; mend it and run this again") from None

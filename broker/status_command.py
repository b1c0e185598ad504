"""`okienko-broker status`: the hall on a page, and an exit status for monitoring."""

import argparse
import contextlib
import logging
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from broker.command_words import OneLineParser, say
from broker.contract import topics
from broker.contract.bus import Bus
from broker.contract.credentials import BadCredentials, server_for
from broker.contract.messages import Board, Desk, Health, Menu
from broker.contract.pulse import BEAT_S
from broker.contract.server import BadServer, Server
from broker.contract.settings import SettingsError, read_settings
from broker.hall_status import Heard, hall_status, is_silent
from broker.settings import DEFAULTS, Settings
from broker.status_page import Page, as_json
from broker.status_words import WORDS, Language
from broker.store.backup import made

PROGRAM = "okienko-broker status"
INSTALLED = Path("/etc/okienko/broker.toml")
EXITS = {"up": 0, "degraded": 1, "down": 2}
WRONG_USAGE = 3
# What the server keeps comes at once; then nothing more comes for so long.
QUIET_S = 0.4
LINK_S = 4.0
# Who seems to have fallen silent is waited for a little longer than it takes to beat: clocks of two computers differ.
BEAT_AND_A_BIT_S = BEAT_S + 2.0


class Listener:
    """Hears what the MQTT server keeps of the hall, and says nothing itself."""

    def __init__(self, server: Server, client: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.bus = Bus(server, client, version("okienko"), silent=True)
        self.heard = Heard({}, {})
        self._clock = clock
        self._heard_at = clock()
        self._fresh: set[str] = set()
        self.bus.watch(topics.BOARD, Board, lambda board: self._hear(board=board))
        self.bus.watch(topics.MENU, Menu, lambda menu: self._hear(menu=menu))
        self.bus.watch(topics.desk("+"), Desk, lambda desk: self._hear(desks=self.heard.desks | {desk.id: desk}))
        self.bus.watch_raw(topics.ALL_HEALTH, self._hear_health)

    def listen(self, now: Callable[[], datetime]) -> bool:
        """Hear all there is; False if there is no server."""
        self._turn_until(lambda: self.bus.linked or self.bus.refused, LINK_S)
        if not self.bus.linked:
            return False
        self._heard_at = self._clock()
        self._turn_until(lambda: self._clock() - self._heard_at >= QUIET_S, LINK_S)
        seems_silent = {client for client, health in self.heard.healths.items() if is_silent(health, now())}
        self._fresh.clear()
        self._turn_until(lambda: seems_silent <= self._fresh, BEAT_AND_A_BIT_S)
        return True

    def beating(self, now: datetime) -> Heard:
        """Return what was heard; a program that was heard to beat just now is not silent, whatever its clock says."""
        healths = dict(self.heard.healths)
        for client in self._fresh & healths.keys():
            if healths[client].at is not msgspec.UNSET:
                healths[client] = msgspec.structs.replace(healths[client], at=now)
        return replace(self.heard, healths=healths)

    def _turn_until(self, enough: Callable[[], bool], most_s: float) -> None:
        until = self._clock() + most_s
        while not enough() and self._clock() < until:
            self.bus.run_once(0.05)

    def _hear_health(self, topic: str, payload: bytes) -> None:
        client = topic.rpartition("/")[2]
        with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError):  # of a health that nobody can read
            health = msgspec.json.decode(payload, type=Health)
            self._fresh.add(client)
            self._hear(healths=self.heard.healths | {client: health})

    def _hear(self, **news: Any) -> None:  # noqa: ANN401 - fields of what was heard
        self._heard_at = self._clock()
        self.heard = replace(self.heard, **news)


def main(argv: Sequence[str]) -> int:
    """Print the hall on a page; 0 all well, 1 something degraded, 2 something down or no broker, 3 wrong usage."""
    arguments = _parser().parse_args(argv)
    logging.disable(logging.WARNING)  # what the bus has to say of its connection is said on the page
    try:
        settings = _settings(arguments)
        server = _server(arguments, settings)
    except (SettingsError, BadCredentials, BadServer) as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return WRONG_USAGE
    listener = Listener(server, arguments.id)
    found = listener.listen(_now)
    listener.bus.stop()
    language = arguments.language or _language_of(listener.heard)
    if not found and not arguments.json:
        why = "refused" if listener.bus.refused else "no_server"
        print(f"{PROGRAM}: {WORDS[language][why].format(address=server.address, client=arguments.id)}", file=sys.stderr)
        return EXITS["down"]
    status = hall_status(listener.beating(_now()), _now(), _last_copy(settings.backup_folder))
    zone = _zone_of(listener.heard)
    say(as_json(status, _now()) if arguments.json else Page(status, language, _now(), zone).text)
    return EXITS[status.status]


def _settings(arguments: argparse.Namespace) -> Settings:
    config = arguments.config or (str(INSTALLED) if INSTALLED.exists() else None)
    return read_settings(Settings, DEFAULTS, PROGRAM, ["--config", config] if config else [])


def _last_copy(folder: str) -> datetime | None:
    """Return when the newest copy in the folder was made; None where there is none, or it cannot be seen."""
    copies = Path(folder).glob("hall-*.db") if folder else ()
    return max(filter(None, map(made, copies)), default=None)


def _server(arguments: argparse.Namespace, settings: Settings) -> Server:
    """Return the server that the options name, or else the broker's settings."""
    url = arguments.mqtt or settings.mqtt
    name, _, port = url.partition(":")
    if name == "embedded":
        if not port.isdigit():
            raise BadServer("a private MQTT server has any port; --mqtt names it, like mqtt://127.0.0.1:18931")
        url = f"mqtt://127.0.0.1:{port}"
    return server_for(url, arguments.id, arguments.credentials or settings.credentials)


def _language_of(heard: Heard) -> Language:
    return "pl" if heard.menu is not None and heard.menu.languages[:1] == ["pl"] else "en"


def _zone_of(heard: Heard) -> tzinfo | None:
    """Return the zone of the office's clocks; None, this machine's own, where no board has told one that is known."""
    try:
        return ZoneInfo(heard.board.time_zone) if heard.board and heard.board.time_zone else None
    except (KeyError, ValueError, OSError):
        return None


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser("status", __doc__, speaker=PROGRAM, wrong_usage=WRONG_USAGE)
    parser.add_argument(
        "--config", metavar="FILE", help=f"the broker's settings; left out: {INSTALLED}, if it is there"
    )
    parser.add_argument("--mqtt", metavar="URL", help="another MQTT server than the settings name")
    parser.add_argument("--id", default="status", help="the client that it connects as (status)")
    parser.add_argument("--credentials", metavar="FILE", help="another file of credentials than the settings name")
    parser.add_argument("--language", choices=WORDS, help="left out: the office's own, or else English")
    parser.add_argument("--json", action="store_true", help="the same for programs")
    return parser

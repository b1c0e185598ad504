"""Run desks: read the settings, wire keypads and MQTT together, serve until told to stop."""

import logging
import os
import signal
import sys
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from broker.contract.bus import Bus
from broker.contract.computer import Computer
from broker.contract.credentials import server_or_exit
from broker.contract.pair_command import pair_command
from broker.contract.sd_notify import Systemd
from broker.contract.settings import settings_or_exit

from .assembly import keypads
from .keypad import BadKeypad
from .report import Report
from .settings import DEFAULTS, Settings
from .station import Station
from .terminal import Terminal
from .view import View

PROGRAM = "okienko-desk"


def main(argv: Sequence[str] | None = None, when_ready: Callable[[Terminal], None] | None = None) -> int:
    """Serve the desks; `when_ready` gets the terminal, whose `stop()` ends it, before it runs."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] == ["pair"]:
        return pair_command(PROGRAM, given[1:])
    settings = settings_or_exit(Settings, DEFAULTS, PROGRAM, given)
    systemd = Systemd.of(os.environ)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    try:
        terminal = assembled(settings, systemd)
    except BadKeypad as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2
    _stop_on_signals(terminal, systemd)
    if when_ready is not None:
        when_ready(terminal)
    terminal.run()
    return 0


def assembled(settings: Settings, systemd: Systemd) -> Terminal:
    """Wire the desks as their settings say, and have `systemd` told; BadKeypad says what cannot be."""
    server = server_or_exit(settings.mqtt, settings.id, settings.credentials, PROGRAM)
    bus = Bus(server, settings.id, version("okienko"))
    bus.watch_computer(Computer().problems)
    wired = keypads(settings, _clock, session=int(time.time()))
    desks = {keypad.name: desk for desk, those in wired.items() for keypad in those} if settings.desks else {}
    report = Report(bus, _clock, lambda: datetime.now(UTC).astimezone(), desks)
    stations = [
        Station(
            View(desk.desk, transfers=settings.transfer),
            desk.language,
            wired[desk.desk],
            settings.long_press_s,
            bus,
            report,
            fresh_id=lambda: uuid.uuid4().hex,
        )
        for desk in settings.served
    ]
    terminal = Terminal(stations, bus, report, _clock)
    terminal.when_turned = lambda: systemd.turned(lambda: bus.in_words)
    return terminal


def _clock() -> float:
    """Return seconds that go on while the computer sleeps, so that a key from before a sleep is known to be old."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def _stop_on_signals(terminal: Terminal, systemd: Systemd) -> None:
    def stop(_number: int, _frame: object) -> None:
        systemd.stopping()
        terminal.stop()

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)


if __name__ == "__main__":
    sys.exit(main())

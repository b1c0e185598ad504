"""Run one desk: read the settings, wire keys, lamp, panel and MQTT together, serve until told to stop."""

import logging
import signal
import sys
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from broker.contract.bus import Bus, Server
from broker.contract.settings import settings_or_exit

from .keypad import BadKeypad, Keypad
from .keys import Key
from .report import Report
from .settings import DEFAULTS, Settings
from .terminal import LampWire, Terminal
from .view import View

PROGRAM = "okienko-desk"


def main(argv: Sequence[str] | None = None, when_ready: Callable[[Terminal], None] | None = None) -> int:
    """Serve one desk; `when_ready` gets the terminal, whose `stop()` ends it, before it runs."""
    settings = settings_or_exit(Settings, DEFAULTS, PROGRAM, argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    try:
        terminal = assembled(settings)
    except BadKeypad as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2
    _stop_on_signals(terminal)
    if when_ready is not None:
        when_ready(terminal)
    terminal.run()
    return 0


def assembled(settings: Settings) -> Terminal:
    """Wire a desk as its settings say; BadKeypad says what cannot be."""
    bus = Bus(Server.from_url(settings.mqtt), settings.id, version("okienko"))
    wired_keypads, lamps = _pins(settings)
    return Terminal(
        View(settings.desk),
        settings.language,
        bus,
        keypads=[*wired_keypads, *_serial(settings)],
        lamps=lamps,
        report=Report(bus, time.monotonic, lambda: datetime.now(UTC).astimezone()),
        clock=time.monotonic,
        fresh_id=lambda: uuid.uuid4().hex,
    )


def _pins(settings: Settings) -> tuple[list[Keypad], list[LampWire]]:
    wanted = settings.gpio
    if not wanted.keys and settings.serial is None:
        raise BadKeypad("no keypad: the TOML file given by --config needs [gpio.keys] or [serial]")
    if not wanted.keys and wanted.lamp is None:
        return [], []
    try:
        from .gpio_chip import pin_factory  # noqa: PLC0415 - only where pins are wired
        from .gpio_keypad import PinKeypad, PinLamp  # noqa: PLC0415
    except ImportError as error:
        raise BadKeypad(f"gpio: the library {error.name} is missing; install okienko[desk]") from None
    factory = pin_factory()
    keys = {Key(name): pin for name, pin in wanted.keys.items()}
    keypads: list[Keypad] = [PinKeypad(keys, settings.debounce_s, time.monotonic, factory)] if keys else []
    return keypads, [] if wanted.lamp is None else [PinLamp(wanted.lamp, factory)]


def _serial(settings: Settings) -> list[Keypad]:
    if settings.serial is None:
        return []
    try:
        from .serial_keypad import SerialKeypad  # noqa: PLC0415 - only where a port is named
    except ImportError as error:
        raise BadKeypad(f"serial: the library {error.name} is missing; install okienko[desk]") from None
    return [SerialKeypad(settings.serial, time.monotonic)]


def _stop_on_signals(terminal: Terminal) -> None:
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: terminal.stop())


if __name__ == "__main__":
    sys.exit(main())

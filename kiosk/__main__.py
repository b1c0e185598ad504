"""The kiosk program: read settings, wire, run, stop."""

import logging
import os
import signal
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from broker.contract import screen
from broker.contract.bus import Bus
from broker.contract.computer import Computer
from broker.contract.credentials import server_or_exit
from broker.contract.drawn_watch import watch_drawing
from broker.contract.pair_command import pair_command
from broker.contract.sd_notify import Systemd
from broker.contract.settings import SettingsError, make_folder, settings_or_exit

from .album.command import main as album
from .kivy_environment import open_window, prepare_kivy
from .pin import BadPin, kept_pin, pin_command
from .print_test import print_test
from .printing.extras import BadExtra, Extras
from .printing.job import Job, ticket_job
from .printing.lines import Picture
from .printing.logo import logo
from .printing.metered_printer import MeteredPrinter
from .printing.printer_thread import PrinterThread
from .printing.printers import BadPrinter, Printer, printer_from_option
from .printing.sample_page import sample_page
from .settings import DEFAULTS, Settings
from .speech.speaker import Speaker, Voice
from .staff_work import StaffWork

if TYPE_CHECKING:
    from .app import KioskApp

PROGRAM = "okienko-kiosk"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the kiosk until it is told to end, or one of its commands; return the exit status."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given and given[0] in COMMANDS:
        return COMMANDS[given[0]](given[1:])
    settings = settings_or_exit(Settings, DEFAULTS, PROGRAM, given)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    try:
        printer = _printer(settings)
        extras = Extras(_logo(settings.ticket_logo, printer.paper.dots), settings.ticket_url)
        taps = _lines(settings.taps)
        speaker = _speaker(settings)
        kept_pin(settings.service_pin)
        make_folder("pictures", settings.pictures)
    except (BadPrinter, BadPin, SettingsError) as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2
    server = server_or_exit(settings.mqtt, settings.id, settings.credentials, PROGRAM)
    bus = Bus(server, settings.id, version("okienko"))
    prepare_kivy(settings.width, settings.height, settings.rotation, settings.screen)
    try:
        limping = screen.problems(open_window(settings.screen, software=settings.software_rendering))
    except screen.NoScreen as error:
        print(f"{PROGRAM}: {error}", file=sys.stderr)
        return 2
    computer = Computer()
    bus.watch_computer(lambda: [*limping, *computer.problems()])

    from kivy.base import EventLoop  # noqa: PLC0415 - Kivy has only now been told about its window
    from kivy.clock import Clock  # noqa: PLC0415

    from .app import KioskApp  # noqa: PLC0415

    tickets = partial(ticket_job, columns=printer.paper.columns, extras=extras)
    printing = PrinterThread(printer)
    page = partial(sample_page, printer.paper, settings.language)
    staff = StaffWork(settings, version("okienko"), printing, lambda: Job("test", page()))
    app = KioskApp(settings, bus, printing, tickets, time.monotonic, _new_id, staff, speaker)
    watch_drawing(app, EventLoop.window, Clock, Systemd.of(os.environ), lambda: bus.in_words)
    _rehearse(app, taps)
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: Clock.schedule_once(lambda _: app.stop()))
    app.run()
    return 0


def _speaker(settings: Settings) -> Speaker | None:
    """Make what speaks; SettingsError if what is said cannot be written where the settings want it."""
    if not settings.speech:
        return None
    try:
        record = Path(settings.spoken).open("a", encoding="utf-8") if settings.spoken else None  # noqa: SIM115
    except OSError as error:
        raise SettingsError(f"spoken: {settings.spoken}: {error.strerror}; should be a file to write to") from None
    return Speaker(Voice(settings.synthesizer, settings.speech_rate, settings.player), record)


def _print_test(argv: Sequence[str]) -> int:
    """Print a page to judge the printer by, with the options of the kiosk."""
    settings = settings_or_exit(Settings, DEFAULTS, f"{PROGRAM} print-test", argv)
    try:
        printer = _printer(settings)
    except BadPrinter as error:
        print(f"{PROGRAM} print-test: {error}", file=sys.stderr)
        return 2
    return print_test(settings.printer, printer, settings.language)


def _printer(settings: Settings) -> Printer:
    printer = printer_from_option(
        settings.printer,
        profile=settings.printer_profile,
        columns=settings.printer_columns or None,
        raster=settings.printer_raster,
        roll_mm=settings.printer_paper_mm,
        ending=settings.printer_cut,
        asking=settings.printer_status,
    )
    if not settings.printer_roll_m:
        return printer
    return MeteredPrinter(printer, settings.printer_roll_m, settings.state_folder / f"{settings.id}-paper.json")


def _logo(path: str, dots: int) -> Picture | None:
    """Read the office's logo; SettingsError if it is no picture."""
    try:
        return logo(path, dots)
    except BadExtra as error:
        raise SettingsError(f"ticket_logo: {error}") from None


def _new_id() -> str:
    return str(uuid.uuid4())


def _lines(taps: str) -> Iterable[str] | None:
    """Open what `--taps` names; SettingsError if it is no file to read."""
    if not taps:
        return None
    try:
        return sys.stdin if taps == "-" else Path(taps).open(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"taps: {taps}: {error.strerror}; should be a file, or - for standard input") from None


def _rehearse(app: "KioskApp", taps: Iterable[str] | None) -> None:
    """Act and look without a resident, where the settings say so."""
    from .rehearsal.fingers import Fingers  # noqa: PLC0415
    from .rehearsal.pictures import Pictures  # noqa: PLC0415

    pictures = Pictures(Path(app.settings.pictures), app.stage, time.monotonic) if app.settings.pictures else None
    if pictures is not None:
        pictures.start()
    if taps is not None:
        # Where pictures are taken, nothing is touched before it has been seen.
        ready = lambda: app.may_be_touched() and not (pictures and pictures.pending)  # noqa: E731
        Fingers(taps, app.stage, time.monotonic, ready).start()


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "pair": partial(pair_command, PROGRAM),
    "album": album,
    "print-test": _print_test,
    "pin": pin_command,
}

if __name__ == "__main__":
    sys.exit(main())

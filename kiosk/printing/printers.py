"""The printers that a kiosk may have, each by its option."""

import re
from pathlib import Path
from typing import Protocol, cast

from kiosk.printing.cups_printer import CupsPrinter
from kiosk.printing.delivery import Patience
from kiosk.printing.dummy_printer import DummyPrinter
from kiosk.printing.inquiry import WAYS, Asking
from kiosk.printing.job import Job, Result
from kiosk.printing.paper import BadProfile, Paper, paper
from kiosk.printing.port_printer import PortPrinter
from kiosk.printing.ports import FilePort, NetworkPort, SerialPort, UsbPort
from kiosk.printing.status import Trouble

_SHOULD_BE = (
    "dummy:DIR, usb:VID:PID (four hexadecimal digits each), network:HOST[:PORT], "
    "serial:/dev/...[:BAUD], file:/dev/usb/lp0 or cups:QUEUE"
)
_RAW_PORT = 9100
_BAUD = 115200
_BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600)
_LAST_PORT = 65535


class BadPrinter(ValueError):
    """A printer option that cannot be meant; the message is one line that says what it should be."""


class Printer(Protocol):
    """Whatever puts tickets on paper; called by one thread only."""

    paper: Paper

    def print(self, job: Job) -> Result:
        """Bring the ticket onto paper, within seconds whatever happens."""

    def troubles(self) -> tuple[Trouble, ...]:
        """Say what is wrong with the printer now."""


def printer_from_option(
    option: str,
    *,
    profile: str = "default",
    columns: int | None = None,
    raster: bool = False,
    roll_mm: float = 0.0,
    ending: str = "cut",
    asking: str = "auto",
    patience: Patience | None = None,
) -> Printer:
    """Read `--printer`; BadPrinter where it cannot be meant. Whether the printer is there is asked later."""
    try:
        sheet = paper(profile, columns, raster=raster, roll_mm=roll_mm, ending=ending)
    except BadProfile as error:
        raise BadPrinter(str(error)) from None
    kind, _, where = option.partition(":")
    if kind == "dummy" and where:
        return DummyPrinter(Path(where), sheet)
    if asking not in WAYS:
        raise BadPrinter(f"printer_status {asking!r}: should be one of {', '.join(WAYS)}")
    if kind == "cups" and re.fullmatch(r"[^\s/#-][^\s/#]*", where):
        return CupsPrinter(where, sheet, patience or Patience())
    port = {"usb": _usb, "network": _network, "serial": _serial, "file": _file}.get(kind, _nowhere)(where)
    if port is None:
        raise BadPrinter(f"printer {option!r}: should be {_SHOULD_BE}")
    return PortPrinter(port, sheet, patience or Patience(), cast("Asking", asking))


def _nowhere(_where: str) -> None:
    return None


def _usb(where: str) -> UsbPort | None:
    match = re.fullmatch(r"(?:0x)?([0-9a-fA-F]{4}):(?:0x)?([0-9a-fA-F]{4})", where)
    return UsbPort(int(match[1], 16), int(match[2], 16)) if match else None


def _network(where: str) -> NetworkPort | None:
    match = re.fullmatch(r"(?:\[([0-9a-fA-F:.]+)\]|([^\s:/@\[\]]+))(?::([0-9]{1,5}))?", where)
    if not match or not 0 < (port := int(match[3] or _RAW_PORT)) <= _LAST_PORT:
        return None
    return NetworkPort(match[1] or match[2], port)


def _serial(where: str) -> SerialPort | None:
    # Names by path hold colons too; only figures after the last one are a speed.
    match = re.fullmatch(r"(/\S*?[^/:\s])(?::([0-9]+))?", where)
    if not match or (baud := int(match[2] or _BAUD)) not in _BAUDS:
        return None
    return SerialPort(match[1], baud)


def _file(where: str) -> FilePort | None:
    return FilePort(where) if where.startswith("/") and not where.endswith("/") else None

"""The printers that a kiosk may have, each by its option."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from kiosk.printing.delivery import Patience, Stopped, condition, deliver
from kiosk.printing.dummy_printer import DummyPrinter
from kiosk.printing.job import Job, Result
from kiosk.printing.link import Link, Unprinted
from kiosk.printing.paper import BadProfile, Paper, paper
from kiosk.printing.ports import FilePort, NetworkPort, Port, SerialPort, UsbPort
from kiosk.printing.status import SILENT, Trouble
from kiosk.printing.ticket_bytes import ticket_bytes

_SHOULD_BE = (
    "dummy:DIR, usb:VID:PID (four hexadecimal digits each), network:HOST[:PORT], "
    "serial:/dev/...[:BAUD] or file:/dev/usb/lp0"
)
Answer = TypeVar("Answer")

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


class PortPrinter:
    """A real printer behind a port, opened anew for every ticket so that it may come and go."""

    def __init__(self, port: Port, paper: Paper, patience: Patience) -> None:
        self._port = port
        self.paper = paper
        self._patience = patience
        self._speaks = False

    def print(self, job: Job) -> Result:
        """Bring the ticket onto paper; a printer that has answered before must answer again."""
        data = ticket_bytes(job.lines, self.paper)
        try:
            delivery = self._with_link(lambda link: deliver(link, data, self._patience))
        except Stopped as stopped:
            self._speaks = True
            return Result(job.number, "failed", str(stopped), stopped.troubles)
        except Unprinted as unprinted:
            return Result(job.number, "failed", str(unprinted), (_unreachable(unprinted),))
        if self._speaks and not delivery.speaks:
            return Result(job.number, "failed", "sent, but the printer stopped answering", (SILENT,))
        self._speaks = delivery.speaks
        return Result(job.number, "printed", delivery.detail, delivery.troubles)

    def troubles(self) -> tuple[Trouble, ...]:
        """Ask the printer; a device file that only takes bytes has nothing to say."""
        try:
            return self._with_link(self._condition)
        except Unprinted as unprinted:
            return (_unreachable(unprinted),)

    def _condition(self, link: Link) -> tuple[Trouble, ...]:
        found = condition(link, self._patience)
        if found is None:
            return (SILENT,) if link.two_way else ()
        self._speaks = True
        return found

    def _with_link(self, work: Callable[[Link], Answer]) -> Answer:
        link = self._port.open(self._patience.connect_s)
        try:
            answer = work(link)
        except BaseException:
            link.abandon()
            raise
        link.close()
        return answer


def _unreachable(unprinted: Unprinted) -> Trouble:
    return Trouble("printer_unreachable", str(unprinted))


def printer_from_option(
    option: str,
    *,
    profile: str = "default",
    columns: int | None = None,
    raster: bool = False,
    patience: Patience | None = None,
) -> Printer:
    """Read `--printer`; BadPrinter where it cannot be meant. Whether the printer is there is asked later."""
    try:
        sheet = paper(profile, columns, raster=raster)
    except BadProfile as error:
        raise BadPrinter(str(error)) from None
    kind, _, where = option.partition(":")
    if kind == "dummy" and where:
        return DummyPrinter(Path(where), sheet)
    port = {"usb": _usb, "network": _network, "serial": _serial, "file": _file}.get(kind, _nowhere)(where)
    if port is None:
        raise BadPrinter(f"printer {option!r}: should be {_SHOULD_BE}")
    return PortPrinter(port, sheet, patience or Patience())


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

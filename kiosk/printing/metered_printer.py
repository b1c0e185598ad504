"""A printer whose paper is counted."""

import logging
from pathlib import Path

import msgspec

from kiosk.printing.decoder import decoded
from kiosk.printing.job import Job, Result
from kiosk.printing.paper import page_slots
from kiosk.printing.paper_length import length_dots
from kiosk.printing.paper_meter import PaperMeter
from kiosk.printing.printers import Printer
from kiosk.printing.status import Trouble
from kiosk.printing.ticket_bytes import ticket_bytes

log = logging.getLogger(__name__)

_DOTS_A_METRE = 8000


class MeteredPrinter:
    """Counts each printed ticket's paper in `path`, and adds a warning to what the printer complains of."""

    def __init__(self, printer: Printer, roll_m: float, path: Path) -> None:
        self._printer = printer
        self._roll_m = roll_m
        self._path = path
        self._meter: PaperMeter | None = None
        self._unmeasured: list[Job] = []
        self.paper = printer.paper

    def print(self, job: Job) -> Result:
        """Print; it is measured later, when no resident waits."""
        result = self._printer.print(job)
        if result.result == "printed":
            self._unmeasured.append(job)
        return result

    def troubles(self) -> tuple[Trouble, ...]:
        """Ask the printer, and count."""
        found = self._printer.troubles()
        before = self._meter if self._meter is not None else self._read()
        after = before
        for job in self._unmeasured:
            after = after.after_ticket(self._length_m(job))
        self._unmeasured.clear()
        after = after.after_check({trouble.code for trouble in found}, self._roll_m)
        self._meter = after
        if after != before:
            self._write(after)
        warning = after.warning(self._roll_m)
        return (*found, warning) if warning else found

    def _length_m(self, job: Job) -> float:
        printed = decoded(ticket_bytes(job.lines, self.paper), page_slots(self.paper.profile))
        return length_dots(printed, self.paper.dots) / _DOTS_A_METRE

    def _read(self) -> PaperMeter:
        """Return what was written last; a missing or spoilt file knows nothing."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=PaperMeter)
        except FileNotFoundError:
            return PaperMeter()
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            log.warning("%s: not understood, starting with a new roll: %s", self._path, error)
            return PaperMeter()

    def _write(self, meter: PaperMeter) -> None:
        """Replace the file at once; what a power cut loses is one roll's count."""
        fresh = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(msgspec.json.encode(meter))
            fresh.replace(self._path)
        except OSError as error:
            log.warning("%s: %s", self._path, error.strerror)

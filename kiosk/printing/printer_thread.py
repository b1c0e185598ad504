"""The one thread that touches the printer, so that no printer ever holds the screen."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from kiosk.printing.job import Job, Result
from kiosk.printing.lines import Gap, Qr, Text
from kiosk.printing.printers import Printer
from kiosk.printing.status import Trouble
from kiosk.printing.ticket_bytes import ticket_bytes

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

# Whoever took the number has left with it in mind: paper that comes later is somebody else's riddle.
WORTH_PRINTING_S = 30.0

_FIRST_WORDS = (Text("D001", scale=8, bold=True), Text("1"), Qr("D001"), Gap())


@dataclass(frozen=True)
class _Ticket:
    job: Job
    when_done: Callable[[Result], None]
    submitted_at: float


@dataclass(frozen=True)
class _Check:
    when_known: Callable[[tuple[Trouble, ...]], None]


class PrinterThread:
    """Prints one ticket after the other, each once: a failed one is never sent again by itself.

    Behind a printer that is stuck tickets pile up; when it is back, those of long ago are not printed. `when_done` and
    `when_known` are called on this thread and must return quickly.
    """

    def __init__(self, printer: Printer, clock: Callable[[], float] = time.monotonic) -> None:
        self._printer = printer
        self._clock = clock
        self._queue: queue.SimpleQueue[_Ticket | _Check | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._asked = threading.Event()
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)

    def start(self) -> None:
        """Begin to print."""
        self._thread.start()

    def submit(self, job: Job, when_done: Callable[[Result], None]) -> None:
        """Print `job` in its turn; the result always comes."""
        if self._stopping.is_set():
            _tell(when_done, _stopping(job))
            return
        self._queue.put(_Ticket(job, when_done, self._clock()))

    def check(self, when_known: Callable[[tuple[Trouble, ...]], None]) -> None:
        """Ask the printer in its turn what is wrong with it; nothing is an empty tuple.

        While it is being asked already, or stuck, another question is not worth keeping.
        """
        if not self._asked.is_set():
            self._asked.set()
            self._queue.put(_Check(when_known))

    def stop(self, timeout_s: float = 5.0) -> None:
        """Finish the ticket at hand and end; those still waiting fail."""
        self._stopping.set()
        self._queue.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        self._warm_up()
        while (task := self._queue.get()) is not None:
            if isinstance(task, _Ticket):
                _tell(task.when_done, self._printed(task))
            elif not self._stopping.is_set():
                troubles = self._troubles()
                self._asked.clear()
                _tell(task.when_known, troubles)

    def _warm_up(self) -> None:
        """Load what the first ticket needs while nobody waits for it."""
        try:
            ticket_bytes(_FIRST_WORDS, self._printer.paper)
        except Exception:
            log.exception("the first words could not be made")

    def _printed(self, ticket: _Ticket) -> Result:
        job = ticket.job
        if self._stopping.is_set():
            return _stopping(job)
        if self._clock() - ticket.submitted_at > WORTH_PRINTING_S:
            log.warning("ticket %s waited too long for the printer", job.number)
            return Result(job.number, "failed", "not sent: the printer was stuck for too long")
        try:
            result = self._printer.print(job)
        except Exception as error:
            log.exception("ticket %s could not be printed", job.number)
            return Result(job.number, "failed", f"fault in the printing program: {error}")
        if result.detail:
            log.warning("ticket %s %s: %s", job.number, result.result, result.detail)
        return result

    def _troubles(self) -> tuple[Trouble, ...]:
        try:
            return self._printer.troubles()
        except Exception as error:
            log.exception("the printer could not be asked")
            return (Trouble("printer_fault", str(error)),)


def _stopping(job: Job) -> Result:
    return Result(job.number, "failed", "the kiosk is stopping")


def _tell(listener: Callable[[Answer], None], answer: Answer) -> None:
    try:
        listener(answer)
    except Exception:
        log.exception("the listener to the printer failed")

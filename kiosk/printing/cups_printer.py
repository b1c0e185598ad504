"""A printer behind a CUPS queue on this machine, by the programs `lp`, `lpstat` and `cancel`.

A spooler knows what became of its job, and nothing of paper: a ticket that has left the queue counts as printed with
these words, and what the queue cannot pass on is taken out of it, so that it does not come out in an hour.
"""

import os
import re
import subprocess
import time
from collections.abc import Sequence

from kiosk.printing.delivery import Patience
from kiosk.printing.job import Job, Result
from kiosk.printing.paper import Paper
from kiosk.printing.status import Trouble, details
from kiosk.printing.ticket_bytes import ticket_bytes

PASSED_ON = "passed on by CUPS, which cannot say whether paper came out"

_ANSWER_S = 5.0
_LOOK_EVERY_S = 0.1
_REQUEST = re.compile(r"\S+-\d+")


class _Failed(Exception):
    """What a program of CUPS said where it could not do its work."""


class CupsPrinter:
    """Sends each ticket raw, once."""

    def __init__(self, queue: str, paper: Paper, patience: Patience) -> None:
        self._queue = queue
        self.paper = paper
        self._patience = patience

    def print(self, job: Job) -> Result:
        """Put the ticket into the queue and wait until it has left it."""
        data = ticket_bytes(job.lines, self.paper)
        troubles = self.troubles()
        if stopping := tuple(trouble for trouble in troubles if trouble.stops):
            return Result(job.number, "failed", details(stopping), stopping)
        try:
            title = re.sub(r"[^\w-]", "-", job.number)
            said = _run(["lp", "-d", self._queue, "-o", "raw", "-t", f"okienko-{title}"], data)
            request = _REQUEST.search(said)
            if request is not None and not self._left(request[0]):
                _run(["cancel", request[0]])
                stuck = Trouble("printer_unreachable", "CUPS did not pass it on in time; it was taken back")
                return Result(job.number, "failed", stuck.detail, (stuck,))
        except _Failed as error:
            return Result(job.number, "failed", str(error), (Trouble("printer_unreachable", str(error)),))
        return Result(job.number, "printed", PASSED_ON)

    def troubles(self) -> tuple[Trouble, ...]:
        """Ask for the queue; whether there is paper it does not know."""
        try:
            said = _run(["lpstat", "-p", self._queue]) + _run(["lpstat", "-a", self._queue])
        except _Failed as error:
            return (Trouble("printer_unreachable", str(error)),)
        if " disabled " in said or " not accepting " in said:
            reason = " ".join(said.split())
            return (Trouble("printer_offline", f"the CUPS queue is stopped: {reason[:200]}"),)
        return ()

    def _left(self, request: str) -> bool:
        until = time.monotonic() + self._patience.send_s
        while request in _run(["lpstat", "-o", self._queue]).split():
            if time.monotonic() >= until:
                return False
            time.sleep(_LOOK_EVERY_S)
        return True


def _run(command: Sequence[str], data: bytes = b"") -> str:
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and the queue's name was checked
            command, input=data, capture_output=True, timeout=_ANSWER_S, check=False, env=os.environ | {"LC_ALL": "C"}
        )
    except FileNotFoundError:
        raise _Failed(f"the program {command[0]} is missing: apt install cups-client") from None
    except subprocess.TimeoutExpired:
        raise _Failed("CUPS does not answer") from None
    if done.returncode:
        reason = " ".join(done.stderr.decode(errors="replace").split())
        raise _Failed(f"CUPS: {reason[:200] or f'{command[0]} failed'}")
    return done.stdout.decode(errors="replace")

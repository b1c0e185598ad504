"""A ticket handed to a real printer: asked first, sent within a deadline, and asked whether it came out.

Sent is not printed. A printer that answers must say that it has worked through the ticket; one that never
answers gets the benefit of the doubt, and the result says so. Nothing is ever sent twice.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.printing import status
from kiosk.printing.link import Link, Unprinted
from kiosk.printing.status import Trouble

UNCONFIRMED = "sent, but the printer is silent: printing is not confirmed"
UNFINISHED = "sent, but the printer did not say that it finished"

_BUFFERED = 4096  # bytes that the system still holds when it has taken the last one


@dataclass(frozen=True)
class Patience:
    """How long each step may take, in seconds."""

    connect_s: float = 3.0
    answer_s: float = 0.5
    send_s: float = 10.0
    confirm_s: float = 5.0


@dataclass(frozen=True)
class Delivery:
    """A ticket that was delivered: what the printer complains of, and whether it `speaks` at all."""

    speaks: bool
    detail: str | None = None
    troubles: tuple[Trouble, ...] = ()


def deliver(link: Link, data: bytes, patience: Patience) -> Delivery:
    """Bring one ticket onto paper; Unprinted says why it is not, or not for certain, there."""
    before = condition(link, patience)
    if before is not None:
        _refuse_when_stopped(before)
    send_until = time.monotonic() + patience.send_s + len(data) * link.byte_s
    link.write(data, send_until)
    link.write(status.ASK_WHEN_PRINTED, send_until)
    confirm_s = (patience.answer_s if before is None else patience.confirm_s) + _BUFFERED * link.byte_s
    printed = _heard(link, status.printed_answer, confirm_s) if link.two_way else None
    if printed is not None:
        paper = status.paper_troubles(printed)
        _refuse_when_stopped(paper)
        return Delivery(speaks=True, detail=_details(paper or before), troubles=paper or before or ())
    if not link.drained(send_until):
        raise Unprinted("took too long: the printer does not take the ticket")
    if before is None:
        return Delivery(speaks=False, detail=UNCONFIRMED, troubles=(status.SILENT,) if link.two_way else ())
    after = condition(link, patience)
    if after is None:
        raise Unprinted("sent, but the printer stopped answering")
    _refuse_when_stopped(after)
    return Delivery(speaks=True, detail=UNFINISHED, troubles=after)


def condition(link: Link, patience: Patience) -> tuple[Trouble, ...] | None:
    """Ask the printer how it is; None where it stays silent."""
    if not link.two_way:
        return None
    answers = []
    for question in (status.ASK_PRINTER, status.ASK_OFFLINE, status.ASK_PAPER):
        link.discard()
        link.write(question, time.monotonic() + patience.answer_s)
        heard = _heard(link, status.answer, patience.answer_s)
        if heard is None:
            return None
        answers.append(heard)
    return status.troubles(*answers)


def _heard(link: Link, meaning: Callable[[bytes], int | None], within_s: float) -> int | None:
    until = time.monotonic() + within_s
    received = b""
    while True:
        received += link.read(until)
        if (heard := meaning(received)) is not None or time.monotonic() >= until or not link.two_way:
            return heard


def _refuse_when_stopped(found: tuple[Trouble, ...]) -> None:
    stopping = tuple(each for each in found if each.stops)
    if stopping:
        raise Stopped(stopping)


def _details(found: tuple[Trouble, ...] | None) -> str | None:
    return ", ".join(each.detail for each in found or ()) or None


class Stopped(Unprinted):
    """The printer says itself why it cannot print."""

    def __init__(self, troubles: tuple[Trouble, ...]) -> None:
        super().__init__(_details(troubles))
        self.troubles = troubles

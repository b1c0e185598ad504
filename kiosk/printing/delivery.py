"""A ticket handed to a real printer: asked first, sent within a deadline, and asked whether it came out.

Sent is not printed. A printer that answers must say that it has worked through the ticket, and one that stops within
it is told to forget the rest, so that no half of it comes out when there is paper again. Nothing is ever sent twice.
"""

import time
from dataclasses import dataclass

from kiosk.printing import status
from kiosk.printing.inquiry import Asking, condition
from kiosk.printing.link import Unprinted
from kiosk.printing.replies import Kind, Reply
from kiosk.printing.status import Trouble
from kiosk.printing.talk import Talk

UNCONFIRMED = "sent, but this printer cannot say whether paper came out"
UNFINISHED = "sent, and the printer is well; it cannot say that it finished"

_NOT_TAKEN = "took too long: the printer does not take the ticket"
_BUFFERED = 4096  # bytes that the system still holds when it has taken the last one


@dataclass(frozen=True)
class Patience:
    """How long each step may take, in seconds; `finish_s` is for printers that say when they are through."""

    connect_s: float = 3.0
    answer_s: float = 0.5
    send_s: float = 10.0
    confirm_s: float = 5.0
    finish_s: float = 20.0
    look_s: float = 1.0


@dataclass(frozen=True)
class Delivery:
    """A ticket that came out, as far as the printer can tell; `confirmed` where it said so itself."""

    confirmed: bool
    detail: str | None = None
    troubles: tuple[Trouble, ...] = ()


class Stopped(Unprinted):
    """The printer says itself why it cannot print."""

    def __init__(self, troubles: tuple[Trouble, ...], *, begun: bool = False) -> None:
        super().__init__(
            f"{status.details(troubles)} in the middle of the ticket" if begun else status.details(troubles)
        )
        self.troubles = troubles


def checked(talk: Talk, asking: Asking) -> tuple[Trouble, ...] | None:
    """Ask whether a ticket may be sent: what the printer complains of, None where it cannot speak, else Stopped."""
    found = condition(talk, asking)
    if found is None and asking != "none" and talk.link.two_way:
        raise Stopped((status.SILENT,))
    _refuse_when_stopped(found or ())
    return found


def sent(talk: Talk, data: bytes, patience: Patience, asking: Asking, *, confirms: bool) -> Delivery:
    """Send one ticket and wait for what shows that it came out; Unprinted says why it did not, or may not have.

    A printer that `confirms` has done so before and must again.
    """
    link = talk.link
    until = time.monotonic() + patience.send_s + len(data) * link.byte_s
    link.write(data + status.ASK_WHEN_PRINTED, until)
    if asking == "none" or not link.two_way:
        if not link.drained(until):
            raise Unprinted(_NOT_TAKEN)
        return Delivery(confirmed=False, detail=UNCONFIRMED)
    wait_s = patience.finish_s if confirms else patience.confirm_s
    return _finished(talk, patience, asking, time.monotonic() + wait_s + _BUFFERED * link.byte_s, confirms=confirms)


def _finished(talk: Talk, patience: Patience, asking: Asking, until: float, *, confirms: bool) -> Delivery:
    """Wait until the printer says that it is through, and look after it while it works."""
    while True:
        reply = talk.wait((Kind.PRINTED, Kind.REPORT), min(patience.look_s, max(0.0, until - time.monotonic())))
        if reply is not None and reply.kind is Kind.PRINTED:
            found = status.paper_troubles(reply.body[0])
            _refuse_when_stopped(found, begun=True)
            return Delivery(confirmed=True, detail=status.details(found), troubles=found)
        answer = _meanwhile(talk, asking, reply)
        _refuse_when_stopped(answer or (), begun=True)
        if time.monotonic() < until:
            continue
        if answer is None:
            raise Unprinted("sent, but the printer stopped answering" if talk.link.drained(0) else _NOT_TAKEN)
        if confirms:
            raise Unprinted("sent, but the printer did not finish it in time")
        return Delivery(confirmed=False, detail=UNFINISHED, troubles=answer)


def _meanwhile(talk: Talk, asking: Asking, reply: Reply | None) -> tuple[Trouble, ...] | None:
    """Return how the printer is while it prints; one that reports does so by itself, whatever happens."""
    if asking != "reports":
        return condition(talk, asking)
    return status.reported_troubles(reply.body) if reply is not None else ()


def called_off(talk: Talk) -> bool:
    """Tell the printer to forget all that it has not printed; whether it says that it did."""
    try:
        return talk.link.two_way and talk.ask(status.CALL_OFF, Kind.CALLED_OFF) is not None
    except Unprinted:
        return False


def _refuse_when_stopped(found: tuple[Trouble, ...], *, begun: bool = False) -> None:
    stopping = tuple(each for each in found if each.stops)
    if stopping:
        raise Stopped(stopping, begun=begun)

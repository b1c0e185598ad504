"""A real printer behind a port, opened anew for every ticket so that it may come and go."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from kiosk.printing.delivery import Delivery, Patience, Stopped, called_off, checked, sent
from kiosk.printing.inquiry import Asking, condition
from kiosk.printing.job import Job, Result
from kiosk.printing.link import Unprinted
from kiosk.printing.paper import Paper
from kiosk.printing.ports import Port
from kiosk.printing.replies import Kind
from kiosk.printing.status import ASK_WHEN_PRINTED, SILENT, Trouble
from kiosk.printing.talk import Talk
from kiosk.printing.ticket_bytes import cut_off, ticket_bytes

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class _Broken:
    """A ticket that stopped within: so many bytes of it the printer may hold, unless it has `forgotten` them."""

    bytes_held: int
    forgotten: bool


class PortPrinter:
    """Prints each ticket once; what is left of one that broke off is called off and never joined to the next."""

    def __init__(self, port: Port, paper: Paper, patience: Patience, asking: Asking) -> None:
        self._port = port
        self.paper = paper
        self._patience = patience
        self._asking = asking
        self._confirms: bool | None = None  # whether it says when a ticket is done; None until it was tried
        self._broken: _Broken | None = None

    def print(self, job: Job) -> Result:
        """Bring the ticket onto paper, once; the result says what is known to have become of it."""
        data = ticket_bytes(job.lines, self.paper)
        try:
            delivery = self._talking(lambda talk: self._deliver(talk, data))
        except Stopped as stopped:
            return Result(job.number, "failed", str(stopped), stopped.troubles)
        except Unprinted as unprinted:
            return Result(job.number, "failed", str(unprinted), (_unreachable(unprinted),))
        return Result(job.number, "printed", delivery.detail, delivery.troubles)

    def troubles(self) -> tuple[Trouble, ...]:
        """Ask the printer; one that only takes bytes has nothing to say."""
        try:
            return self._talking(self._condition)
        except Unprinted as unprinted:
            return (_unreachable(unprinted),)

    def _deliver(self, talk: Talk, data: bytes) -> Delivery:
        checked(talk, self._asking)
        if self._broken is not None:
            data = cut_off(self.paper, 0 if self._broken.forgotten else self._broken.bytes_held) + data
        before = talk.link.taken
        try:
            delivery = sent(talk, data, self._patience, self._asking, confirms=bool(self._confirms))
        except Unprinted:
            if talk.link.taken > before:
                self._broken = _Broken(len(data), self._asking != "none" and called_off(talk))
            raise
        self._broken = None
        self._confirms = self._confirms or delivery.confirmed
        return delivery

    def _condition(self, talk: Talk) -> tuple[Trouble, ...]:
        found = condition(talk, self._asking)
        if found is None:
            return (SILENT,) if self._asking != "none" and talk.link.two_way else ()
        if self._confirms is None and self._broken is None and not any(each.stops for each in found):
            self._confirms = talk.ask(ASK_WHEN_PRINTED, Kind.PRINTED) is not None
        return found

    def _talking(self, work: Callable[[Talk], Answer]) -> Answer:
        link = self._port.open(self._patience.connect_s)
        try:
            link.discard()
            talk = Talk(link, self._patience.answer_s)
            if self._broken is not None and not self._broken.forgotten and self._asking != "none":
                self._broken = _Broken(self._broken.bytes_held, called_off(talk))
            answer = work(talk)
        except BaseException:
            link.abandon()
            raise
        link.close()
        return answer


def _unreachable(unprinted: Unprinted) -> Trouble:
    return Trouble("printer_unreachable", str(unprinted))

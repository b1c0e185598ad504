"""What each event changes in the hall; no rule is asked again here."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from . import events as e
from .call import CALLS_ON_THE_WALL, Call, Kind
from .lines import Line, Stand, joined, left, line_of, stand_of
from .open_desk import OpenDesk
from .ticket import DIGITS, Status, Ticket

if TYPE_CHECKING:
    from .hall import Hall

SERVICES_KEPT = 12
# A ticket left open over a break says nothing about how long service takes.
LONGEST_SERVICE = timedelta(hours=2)


class Draft:
    """A hall in the making: a table is copied when it is first written to, so that the old hall stays as it was."""

    def __init__(self, hall: "Hall") -> None:
        self._hall = hall
        self._fields: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a field of the hall
        return self._fields[name] if name in self._fields else getattr(self._hall, name)

    def __setitem__(self, name: str, value: object) -> None:
        self._fields[name] = value

    def table(self, name: str) -> dict[Any, Any]:
        """Return a table of the draft's own, to write to."""
        if name not in self._fields:
            self._fields[name] = dict(getattr(self._hall, name))
        table: dict[Any, Any] = self._fields[name]
        return table

    def change_ticket(self, order: int, **fields: Any) -> Ticket:  # noqa: ANN401 - fields of a ticket
        """Change an open ticket, and return it as it is now."""
        tickets = self.table("open")
        before: Ticket = tickets[order]
        after = tickets[order] = replace(before, **fields)
        if before.status is Status.WAITING:
            self._change_line(before, left)
        if after.status is Status.WAITING:
            self._change_line(after, joined)
        return after

    def add_ticket(self, ticket: Ticket) -> None:
        """Take in a ticket that waits."""
        self.table("open")[ticket.order] = ticket
        self._change_line(ticket, joined)

    def _change_line(self, ticket: Ticket, change: Callable[[Line, Stand], Line]) -> None:
        lines = self.table("lines")
        key = line_of(ticket)
        line = change(lines.get(key, ()), stand_of(ticket, self._hall.office))
        if line:
            lines[key] = line
        else:
            del lines[key]

    def end_ticket(self, event: e.TicketEvent, status: Status) -> Ticket:
        """End an open ticket, and free the desk that it was at."""
        ticket = self.change_ticket(event.order, status=status, ended_at=event.at)
        self.table("ended")[event.order] = self.table("open").pop(event.order)
        self.free_desk(ticket)
        return ticket

    def change_desk(self, desk: str, **fields: object) -> None:
        """Change an open desk."""
        desks = self.table("desks")
        desks[desk] = replace(desks[desk], **fields)

    def free_desk(self, ticket: Ticket) -> None:
        """Take the ticket from its desk, if it is at one."""
        desk = self["desks"].get(ticket.desk)
        if desk is not None and desk.ticket == ticket.order:
            self.change_desk(ticket.desk or "", ticket=None)

    def announce(self, event: e.TicketCalled | e.TicketRecalled, kind: Kind) -> None:
        """Put a call on top of the wall's list."""
        call = Call(event.call, event.number, event.desk, event.at, kind)
        self["call"] = event.call
        self["calls"] = (call, *self["calls"])[:CALLS_ON_THE_WALL]

    def finished(self) -> "Hall":
        """Return the hall that was drafted."""
        return replace(self._hall, **self._fields)


def _day_started(draft: Draft, event: e.DayStarted) -> None:
    for table in ("open", "ended", "lines", "numbers", "issued", "last_numbers", "desks"):
        draft[table] = {}
    draft["day"] = event.day
    draft["seq"] = 0
    draft["call"] = 0
    draft["calls"] = ()
    draft["shown"] = frozenset()
    draft["service_s"] = {category: tuple(times) for category, times in event.service_s.items()}


def _ticket_issued(draft: Draft, event: e.TicketIssued) -> None:
    draft.add_ticket(
        Ticket(
            order=event.order,
            number=event.number,
            category=event.category,
            issued_at=event.at,
            anchor=event.anchor,
            priority=event.priority,
            language=event.language,
        )
    )
    draft.table("numbers")[event.number] = event.order
    issued = draft.table("issued")
    issued[event.category] = issued.get(event.category, 0) + 1
    draft.table("last_numbers")[event.number[:-DIGITS]] = int(event.number[-DIGITS:])


def _ticket_printed(draft: Draft, event: e.TicketPrinted) -> None:
    tickets = draft.table("open" if event.order in draft["open"] else "ended")
    tickets[event.order] = replace(tickets[event.order], printed=event.result)


def _ticket_called(draft: Draft, event: e.TicketCalled) -> None:
    draft.change_ticket(
        event.order,
        status=Status.CALLED,
        desk=event.desk,
        called_at=event.at,
        started_at=None,
        recalls=0,
        reason=event.reason,
    )
    draft.change_desk(event.desk, ticket=event.order, last_call_at=event.at, paused=False, pause_reason=None)
    draft.announce(event, "call")


def _ticket_recalled(draft: Draft, event: e.TicketRecalled) -> None:
    ticket = draft["open"][event.order]
    draft.change_ticket(event.order, recalls=ticket.recalls + 1)
    draft.announce(event, "recall")


def _service_started(draft: Draft, event: e.ServiceStarted) -> None:
    draft.change_ticket(event.order, status=Status.SERVING, started_at=event.at)


def _service_finished(draft: Draft, event: e.ServiceFinished) -> None:
    ticket = draft.end_ticket(event, Status.SERVED)
    took = event.at - (ticket.called_at or event.at)
    if timedelta() < took <= LONGEST_SERVICE:
        times = draft.table("service_s")
        times[ticket.category] = (*times.get(ticket.category, ()), took.total_seconds())[-SERVICES_KEPT:]


def _ticket_held(draft: Draft, event: e.TicketHeld) -> None:
    draft.free_desk(draft["open"][event.order])
    draft.change_ticket(event.order, status=Status.ON_HOLD, desk=None)


def _ticket_resumed(draft: Draft, event: e.TicketResumed) -> None:
    draft.change_ticket(event.order, status=Status.WAITING)


def _ticket_transferred(draft: Draft, event: e.TicketTransferred) -> None:
    draft.free_desk(draft["open"][event.order])
    draft.change_ticket(event.order, status=Status.WAITING, category=event.category, desk=event.to_desk)


def _desk_opened(draft: Draft, event: e.DeskOpened) -> None:
    desks = draft.table("desks")
    if event.desk in desks:
        draft.change_desk(event.desk, client=event.client, paused=False, pause_reason=None)
    else:
        desks[event.desk] = OpenDesk(event.client)


def _desk_paused(draft: Draft, event: e.DeskPaused) -> None:
    draft.change_desk(event.desk, paused=True, pause_reason=event.reason)


def _desk_closed(draft: Draft, event: e.DeskClosed) -> None:
    del draft.table("desks")[event.desk]


def _call_shown(draft: Draft, event: e.CallShown) -> None:
    on_the_wall = {call.call for call in draft["calls"]}
    draft["shown"] = frozenset({event.call, *draft["shown"]} & on_the_wall)


CHANGES: Mapping[type[e.Event], Callable[[Draft, Any], object]] = {
    e.DayStarted: _day_started,
    e.TicketIssued: _ticket_issued,
    e.TicketPrinted: _ticket_printed,
    e.TicketCalled: _ticket_called,
    e.TicketRecalled: _ticket_recalled,
    e.ServiceStarted: _service_started,
    e.ServiceFinished: _service_finished,
    e.TicketNoShow: lambda draft, event: draft.end_ticket(event, Status.NO_SHOW),
    e.TicketHeld: _ticket_held,
    e.TicketResumed: _ticket_resumed,
    e.TicketTransferred: _ticket_transferred,
    e.TicketCancelled: lambda draft, event: draft.end_ticket(event, Status.CANCELLED),
    e.TicketClosed: lambda draft, event: draft.end_ticket(event, Status.CLOSED),
    e.DeskOpened: _desk_opened,
    e.DeskPaused: _desk_paused,
    e.DeskClosed: _desk_closed,
    e.CallShown: _call_shown,
}

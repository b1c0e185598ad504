"""A hall in the making: what the changes write to, table by table."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from . import events as e
from .call import CALLS_ON_THE_WALL, Call, Kind
from .lines import Line, Stand, joined, left, line_of, stand_of
from .ticket import Status, Ticket

if TYPE_CHECKING:
    from .hall import Hall


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

    def change_ticket(self, order: int, /, **fields: Any) -> Ticket:  # noqa: ANN401 - fields of a ticket
        """Change an open ticket, and return it as it is now."""
        tickets = self.table("open")
        before: Ticket = tickets[order]
        moves = {"moves": before.moves + 1} if "status" in fields else {}
        after = tickets[order] = replace(before, **(moves | fields))
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
        ticket: Ticket = self["open"][event.order]
        # The clock may have been set back since.
        steps = (ticket.issued_at, ticket.called_at, ticket.started_at, event.at)
        ended_at = max(step for step in steps if step is not None)
        ticket = self.change_ticket(event.order, status=status, ended_at=ended_at)
        self.table("ended")[event.order] = self.table("open").pop(event.order)
        self.free_desk(ticket)
        return ticket

    def restore_ticket(self, ticket: Ticket) -> None:
        """Put a ticket back to what it was; what was printed stays printed."""
        tickets, ended = self.table("open"), self.table("ended")
        now: Ticket = tickets.get(ticket.order) or ended.pop(ticket.order)
        tickets[ticket.order] = now
        before = {part.name: getattr(ticket, part.name) for part in fields(ticket)}
        self.change_ticket(ticket.order, **(before | {"printed": now.printed}))

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

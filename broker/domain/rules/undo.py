"""Undo: the last key of a desk is taken back, with what it did to the wall and to the numbers."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as no
from broker.domain.action import Action
from broker.domain.ticket import Ticket

from . import checks

if TYPE_CHECKING:
    from broker.domain.hall import Hall


def undo(hall: "Hall", command: c.Undo, now: datetime) -> e.Events:
    """Take back the last key of the clerk's desk, within the office's `undo_s`; IllegalMove where it is too late."""
    desk = checks.known_desk(hall, command.desk)
    state = hall.desks.get(desk.id)
    action = hall.actions.get(desk.id)
    if state is None and action is None:
        raise no.DeskIsClosed(f"desk {desk.id} is closed")
    # A desk that was closed by mistake is still the desk of the clerk who closed it.
    checks.same_clerk(desk, state or action.desk, command.client)  # type: ignore[union-attr]
    limit = hall.office.undo_s
    if action is None or not 0 <= (now - action.at).total_seconds() <= limit:
        raise no.IllegalMove(f"desk {desk.id}: nothing to take back in the last {limit:g} s")
    hindrances = {ticket: _hindrance(hall, ticket, action) for ticket in action.tickets}
    for ticket, hindrance in hindrances.items():
        # Whoever waited for a desk that closed, and has been called elsewhere, does not keep it closed.
        if hindrance and not action.sent_back(ticket.order):
            raise no.IllegalMove(hindrance)
    return _restoring([ticket for ticket, hindrance in hindrances.items() if not hindrance], desk.id, now)


def _hindrance(hall: "Hall", ticket: Ticket, action: Action) -> str | None:
    """Return why a ticket can not be taken back: somebody else has dealt with it meanwhile."""
    now = hall.by_order(ticket.order) or ticket
    if now.moves != ticket.moves + sum(made.order == ticket.order for made in action.made):
        return f"{ticket.number} has gone on: {now.status}"
    if hall.numbers[ticket.number] != ticket.order:
        return f"{ticket.number} has been given out again"
    return None


def _restoring(tickets: Sequence[Ticket], desk: str, now: datetime) -> e.Events:
    """Restore the tickets, the one that is at the desk again last, and then the desk."""
    restored = (e.TicketRestored(now, ticket.order, ticket.number, desk) for ticket in reversed(tickets))
    return (*restored, e.DeskRestored(now, desk))

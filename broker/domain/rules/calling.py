"""Calling: the next, a given number, the same again."""

from datetime import datetime
from typing import TYPE_CHECKING

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as no
from broker.domain.grounds import Grounds, How
from broker.domain.office import Desk
from broker.domain.policy import Choice, grounds_of, next_ticket
from broker.domain.reason import in_words
from broker.domain.ticket import Status, Ticket

from . import checks
from .service import finishing

if TYPE_CHECKING:
    from broker.domain.hall import Hall


def call_next(hall: "Hall", command: c.CallNext, now: datetime) -> e.Events:
    """Finish the ticket at the desk and call the one whose place is earliest.

    Where nobody waits and the office calls by itself, the desk gets the next arrival without another press.
    """
    desk, state = checks.clerk_at(hall, command)
    _refuse_double_press(hall, desk, now)
    finished = finishing(hall, desk, now, by="next")
    choice = next_ticket(hall.front(), desk, hall.office)
    if choice is not None:
        return (*finished, calling(hall, choice, desk, now))
    if hall.office.auto_call:
        return (*finished, *(() if state.ready_at else (e.DeskReady(now, desk.id),)))
    if not finished:
        raise no.NothingWaiting(f"desk {desk.id}: nobody waits")
    return finished


def call_number(hall: "Hall", command: c.CallNumber, now: datetime) -> e.Events:
    """Finish the ticket at the desk and call a given number, out of turn, where the office allows it."""
    if not hall.office.call_by_number:
        raise no.NotAllowed("this office does not call by number")
    desk, _ = checks.clerk_at(hall, command)
    called = hall.ticket_at(desk.id)
    if called and checks.has_digits(called, command.number):
        # Pressed twice, they would mean somebody else's number.
        _refuse_double_press(hall, desk, now)
    ticket = checks.ticket_named(hall, desk, command.number, Status.WAITING)
    if ticket.status is not Status.WAITING:
        raise no.IllegalMove(f"{ticket.number}: {ticket.status} -> called")
    grounds = grounds_of(ticket, hall.front(), desk, hall.office, "by_number")
    return (*finishing(hall, desk, now, by="call"), _called(hall, ticket, grounds, now))


def recall(hall: "Hall", command: c.Recall, now: datetime) -> e.Events:
    """Call the same ticket again; once too often, it did not come."""
    desk, ticket = checks.ticket_at(hall, command, Status.CALLED)
    if ticket.recalls >= hall.office.recalls_before_no_show:
        return (e.TicketNoShow(now, ticket.order, ticket.number, desk.id),)
    return (e.TicketRecalled(now, ticket.order, ticket.number, desk.id, hall.call + 1),)


def calling(hall: "Hall", choice: Choice, desk: Desk, now: datetime, how: How = "in_turn") -> e.TicketCalled:
    """Return the call of a ticket in its turn, by a press or without one, with the reason."""
    return _called(hall, choice.place.ticket, choice.grounds(desk, how), now)


def _refuse_double_press(hall: "Hall", desk: Desk, now: datetime) -> None:
    last_call_at = hall.desks[desk.id].last_call_at
    since = None if last_call_at is None else (now - last_call_at).total_seconds()
    if since is not None and 0 <= since < hall.office.double_press_s:
        raise no.TooSoon(f"desk {desk.id} called {since:.1f} s ago")


def _called(hall: "Hall", ticket: Ticket, grounds: Grounds, now: datetime) -> e.TicketCalled:
    reason = in_words(grounds, ticket.number, hall.office.time_zone, "en")
    return e.TicketCalled(now, ticket.order, ticket.number, grounds.desk, hall.call + 1, reason, grounds)

"""The business day ends and begins."""

from datetime import datetime
from typing import TYPE_CHECKING

from broker.domain import commands as c
from broker.domain import events as e

if TYPE_CHECKING:
    from broker.domain.hall import Hall


def end_day(hall: "Hall", _command: c.EndDay, now: datetime) -> e.Events:
    """Close what is still open."""
    closed = tuple(e.TicketClosed(now, ticket.order, ticket.number) for ticket in hall.open.values())
    return (*closed, *(e.DeskClosed(now, desk) for desk in hall.desks))


def start_day(hall: "Hall", _command: c.StartDay, now: datetime) -> e.Events:
    """Begin the day that `now` belongs to, unless it has begun."""
    return (e.DayStarted(now, hall.office.business_day(now), hall.service_s),) if hall.is_over(now) else ()

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


def start_day(hall: "Hall", command: c.StartDay, now: datetime) -> e.Events:
    """Begin the day that `now` belongs to, unless it has begun; one of the past only after a day of the future."""
    day = hall.office.business_day(now)
    begins = hall.is_over(now) or (command.corrected and day < hall.day)
    return (e.DayStarted(now, day, hall.service_s),) if begins else ()

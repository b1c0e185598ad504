"""Checking in: a booked visit gets its one ticket, for the code that the office gave out."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as no
from broker.domain.booking import Booking

from . import tickets

if TYPE_CHECKING:
    from broker.domain.hall import Hall


def check_in(hall: "Hall", command: c.CheckIn, now: datetime) -> e.Events:
    """Give a booked visit its number: early or late an ordinary one, on another day or a second time none."""
    booking, code = command.booking, command.code
    if number := _number_given(hall, code, booking):
        raise no.BookingUsed(f"{code}: checked in already, number {number}", number)
    if booking is None:
        raise no.UnknownBooking(f"{code}: no such booking")
    if hall.office.business_day(booking.booked_at) != hall.day:
        local = booking.booked_at.astimezone(hall.office.time_zone)
        raise no.WrongDay(f"{code}: the visit is on {local:%Y-%m-%d at %H:%M}", local)
    taken = c.IssueTicket(booking.category, command.priority, command.language, booking.booked_at)
    (issued,) = tickets.issue(hall, taken, now)
    return (replace(issued, code=code),)


def _number_given(hall: "Hall", code: str, booking: Booking | None) -> str | None:
    """Return the number that the code has given, today or, where the visit was moved since, before."""
    today = hall.by_order(hall.checked_in.get(code, 0))
    if today is not None:
        return today.number
    return booking.number if booking else None

"""Tickets: taking one, its paper, giving it back, its call on the wall."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as no
from broker.domain.office import Category
from broker.domain.ticket import DIGITS, LAST_NUMBER, Status

from . import checks

if TYPE_CHECKING:
    from broker.domain.hall import Hall


def issue(hall: "Hall", command: c.IssueTicket, now: datetime) -> tuple[e.TicketIssued]:
    """Give a resident the next number of a category; only a booked visit gets one though it is late in the day."""
    category = checks.known_category(hall, command.category)
    if command.priority is not None and command.priority not in hall.office.priorities:
        raise no.BadRequest(f"{command.priority}: no such class of priority")
    booked_at = _booked_today(hall, command.booked_at)
    if not hall.office.takes(category, now):
        raise no.CategoryClosed(f"{category.id}: closed at this hour")
    if hall.is_given_out(category):
        raise no.CategoryFull(f"{category.id}: all {category.daily_limit} tickets of today are given out")
    if booked_at is None and hall.is_too_late(category, now):
        raise no.CategoryFull(f"{category.id}: those who wait will take until it closes")
    order = len(hall.open) + len(hall.ended) + 1
    number = _free_number(hall, category)
    anchor = _anchor(hall, booked_at, now)
    return (e.TicketIssued(now, order, number, category.id, anchor, command.priority, command.language, booked_at),)


def _booked_today(hall: "Hall", booked_at: datetime | None) -> datetime | None:
    """Return the time of a booked visit, in UTC; BadRequest where it is on another day, or nobody knows when."""
    if booked_at is None:
        return None
    if booked_at.utcoffset() is None:
        raise no.BadRequest(f"booked_at {booked_at.isoformat()} lacks its offset from UTC")
    # Far from today there are times that no other time zone has.
    near = abs(booked_at.date() - hall.day) <= timedelta(days=2)
    if not near or hall.office.business_day(booked_at) != hall.day:
        raise no.BadRequest(f"booked_at {booked_at.isoformat()} is not on {hall.day}, which is today")
    return booked_at.astimezone(UTC)


def _anchor(hall: "Hall", booked_at: datetime | None, now: datetime) -> datetime:
    """Return when the ticket counts as issued: now, or for a booked visit that came on time, when it was booked."""
    # Whoever comes after the clock was set back overtakes nobody.
    came = max(now, hall.latest_issue or now)
    return booked_at if booked_at and hall.office.is_on_time(booked_at, came) else came


def _free_number(hall: "Hall", category: Category) -> str:
    """Return the next number of the category's series; after the last one its first, past those still in use."""
    first = category.first_number
    used = max(hall.last_numbers.get(category.letter, 0) + 1 - first, 0)
    length = LAST_NUMBER + 1 - first
    for step in range(length):
        number = f"{category.letter}{first + (used + step) % length:0{DIGITS}d}"
        if hall.numbers.get(number) not in hall.open:
            return number
    raise no.CategoryFull(f"{category.id}: every number is in use")


def report_print(hall: "Hall", command: c.ReportPrint, now: datetime) -> e.Events:
    """Note what became of the paper."""
    ticket = hall.ticket(command.number)
    return (e.TicketPrinted(now, ticket.order, ticket.number, command.result, command.detail),)


def cancel(hall: "Hall", command: c.CancelTicket, now: datetime) -> e.Events:
    """Take a waiting ticket back."""
    ticket = checks.moving(hall.ticket(command.number), Status.CANCELLED)
    return (e.TicketCancelled(now, ticket.order, ticket.number),)


def confirm_shown(hall: "Hall", command: c.ConfirmShown, now: datetime) -> e.Events:
    """Note that a call was shown and spoken, the first time."""
    if not 0 < command.call <= hall.call:
        raise no.BadRequest(f"call {command.call}: today there were calls 1 to {hall.call}")
    on_the_wall = any(call.call == command.call for call in hall.calls)
    if command.call in hall.shown or not on_the_wall:
        return ()
    return (e.CallShown(now, command.call, command.display),)

"""Tickets: taking one, its paper, giving it back, its call on the wall."""

from datetime import datetime
from typing import TYPE_CHECKING

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as no
from broker.domain.office import Category
from broker.domain.ticket import DIGITS, Status

from . import checks

if TYPE_CHECKING:
    from broker.domain.hall import Hall

LAST_NUMBER = 10**DIGITS - 1


def issue(hall: "Hall", command: c.IssueTicket, now: datetime) -> e.Events:
    """Give a resident the next number of a category."""
    category = checks.known_category(hall, command.category)
    if command.priority is not None and command.priority not in hall.office.priorities:
        raise no.BadRequest(f"{command.priority}: no such class of priority")
    if not hall.office.takes(category, now):
        raise no.CategoryClosed(f"{category.id}: closed at this hour")
    if hall.is_full(category):
        raise no.CategoryFull(f"{category.id}: all {category.daily_limit} tickets of today are given out")
    order = len(hall.open) + len(hall.ended) + 1
    number = _free_number(hall, category)
    before = hall.by_order(order - 1)
    # Whoever comes after the clock was set back overtakes nobody.
    anchor = max(now, before.anchor) if before else now
    return (e.TicketIssued(now, order, number, category.id, anchor, command.priority, command.language),)


def _free_number(hall: "Hall", category: Category) -> str:
    """Return the category's next number; after the last one from the start, past those still in use."""
    last = hall.last_numbers.get(category.letter, 0)
    for step in range(LAST_NUMBER):
        number = f"{category.letter}{(last + step) % LAST_NUMBER + 1:0{DIGITS}d}"
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

"""What the rules ask before anything else: whether there is such a desk, and whether this clerk sits at it."""

from typing import TYPE_CHECKING

from broker.domain import commands as c
from broker.domain import refusals as no
from broker.domain.office import Category, Desk
from broker.domain.policy import place_of
from broker.domain.ticket import DIGITS, Status, Ticket

if TYPE_CHECKING:
    from broker.domain.hall import Hall
    from broker.domain.open_desk import OpenDesk


def known_category(hall: "Hall", category: str) -> Category:
    """Return the category with this id; UnknownCategory if there is none."""
    try:
        return hall.office.categories[category]
    except KeyError:
        raise no.UnknownCategory(f"{category}: no such category") from None


def known_desk(hall: "Hall", desk: str) -> Desk:
    """Return the desk with this id; UnknownDesk if there is none."""
    try:
        return hall.office.desks[desk]
    except KeyError:
        raise no.UnknownDesk(f"{desk}: no such desk") from None


def same_clerk(desk: Desk, state: "OpenDesk", client: str) -> None:
    """Refuse any other than the clerk who sits at the desk; DeskTaken."""
    if state.client != client:
        raise no.DeskTaken(f"desk {desk.id} is open at {state.client}")


def clerk_at(hall: "Hall", command: c.AtDesk) -> "tuple[Desk, OpenDesk]":
    """Return the desk at which the command's clerk sits; DeskIsClosed or DeskTaken if none or another does."""
    desk = known_desk(hall, command.desk)
    state = hall.desks.get(desk.id)
    if state is None:
        raise no.DeskIsClosed(f"desk {desk.id} is closed")
    same_clerk(desk, state, command.client)
    return desk, state


def ticket_at(hall: "Hall", command: c.AtDesk, becomes: Status) -> tuple[Desk, Ticket]:
    """Return the ticket at the clerk's desk, if it may become `becomes`; IllegalMove if not."""
    desk, _ = clerk_at(hall, command)
    ticket = hall.ticket_at(desk.id)
    if ticket is None:
        raise no.IllegalMove(f"desk {desk.id} has no ticket -> {becomes}")
    return desk, moving(ticket, becomes)


def ticket_meant(hall: "Hall", command: c.AtDesk, number: str | None, becomes: Status) -> tuple[Desk, Ticket]:
    """Return the ticket at the clerk's desk, or the waiting one with this number, if it may become `becomes`."""
    if number is None:
        return ticket_at(hall, command, becomes)
    desk, _ = clerk_at(hall, command)
    ticket = ticket_named(hall, desk, number, Status.WAITING)
    if ticket.status is not Status.WAITING:
        raise no.IllegalMove(f"{ticket.number}: {ticket.status} -> {becomes}, and not by its number")
    return desk, ticket


def ticket_named(hall: "Hall", desk: Desk, number: str, status: Status) -> Ticket:
    """Return the ticket that a clerk means by a number, or by its digits alone: `17` for D017.

    Digits mean the one ticket in `status` that the desk takes. Ambiguous if there are several, or if only others take
    it: nobody is called, held or sent on from another desk's line by a slip of the finger.
    """
    if number in hall.numbers:
        return hall.ticket(number)
    meant = [ticket for ticket in hall.open.values() if ticket.status is status and has_digits(ticket, number)]
    own = [ticket for ticket in meant if place_of(ticket, desk, hall.office)]
    if len(own) == 1:
        return own[0]
    choices = tuple(ticket.number for ticket in own or meant)
    if choices:
        raise no.Ambiguous(f"{number} may be {' or '.join(choices)}", choices)
    return hall.ticket(number)


def has_digits(ticket: Ticket, number: str) -> bool:
    """Whether what a clerk typed is the running number of the ticket, without its letter."""
    return number.isascii() and number.isdigit() and number.lstrip("0") == ticket.number[-DIGITS:].lstrip("0")


def moving(ticket: Ticket, status: Status) -> Ticket:
    """Return the ticket if it may become `status`; IllegalMove if not."""
    if not ticket.may_become(status):
        raise no.IllegalMove(f"{ticket.number}: {ticket.status} -> {status}")
    return ticket

"""Desks: a clerk sits down, leaves for a while, leaves."""

from datetime import datetime
from typing import TYPE_CHECKING

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as no

from . import checks
from .service import finishing

if TYPE_CHECKING:
    from broker.domain.hall import Hall


def open_desk(hall: "Hall", command: c.OpenDesk, now: datetime) -> e.Events:
    """Seat the clerk, or bring the one who sits there back from a pause."""
    desk = checks.known_desk(hall, command.desk)
    state, clerk = hall.desks.get(desk.id), command.clerk
    if state is not None:
        checks.same_clerk(desk, state, command.client)
        if clerk and state.clerk and clerk != state.clerk:
            raise no.DeskTaken(f"desk {desk.id} is open for another clerk, who has not closed it")
        if not state.paused:
            return ()
        clerk = clerk or state.clerk
    return (e.DeskOpened(now, desk.id, command.client, clerk),)


def close(hall: "Hall", command: c.CloseDesk, now: datetime) -> e.Events:
    """Close the desk, from any terminal, so that one whose terminal broke can be taken over."""
    desk = checks.known_desk(hall, command.desk)
    if desk.id not in hall.desks:
        return ()
    # Whoever was sent to this desk alone would wait for ever.
    back = (
        e.TicketTransferred(now, ticket.order, ticket.number, ticket.category)
        for ticket in hall.waiting()
        if ticket.desk == desk.id
    )
    return (*finishing(hall, desk, now, by="close"), *back, e.DeskClosed(now, desk.id))


def pause(hall: "Hall", command: c.PauseDesk, now: datetime) -> e.Events:
    """Let the clerk go for a while, for a reason that the office knows where it lists any."""
    desk, _ = checks.clerk_at(hall, command)
    pauses = hall.office.pauses
    if pauses and command.reason is not None and command.reason not in pauses:
        raise no.BadRequest(f"{command.reason}: no such reason for a pause; there are {', '.join(pauses)}")
    return (*finishing(hall, desk, now, by="pause"), e.DeskPaused(now, desk.id, command.reason))

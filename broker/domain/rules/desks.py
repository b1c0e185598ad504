"""Desks: a clerk sits down, leaves for a while, leaves."""

from datetime import datetime
from typing import TYPE_CHECKING

from broker.domain import commands as c
from broker.domain import events as e

from . import checks
from .service import finishing

if TYPE_CHECKING:
    from broker.domain.hall import Hall


def open_desk(hall: "Hall", command: c.OpenDesk, now: datetime) -> e.Events:
    """Seat the clerk, or bring the one who sits there back from a pause."""
    desk = checks.known_desk(hall, command.desk)
    state = hall.desks.get(desk.id)
    if state is not None:
        checks.same_clerk(desk, state, command.client)
        if not state.paused:
            return ()
    return (e.DeskOpened(now, desk.id, command.client),)


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
    return (*finishing(hall, desk, now), *back, e.DeskClosed(now, desk.id))


def pause(hall: "Hall", command: c.PauseDesk, now: datetime) -> e.Events:
    """Let the clerk go for a while."""
    desk, _ = checks.clerk_at(hall, command)
    return (*finishing(hall, desk, now), e.DeskPaused(now, desk.id, command.reason))

"""Service: the resident came to the desk or did not, has left, will come back, or goes on elsewhere."""

from datetime import datetime
from typing import TYPE_CHECKING

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as no
from broker.domain.office import Desk
from broker.domain.ticket import Status

from . import checks

if TYPE_CHECKING:
    from broker.domain.hall import Hall


def start(hall: "Hall", command: c.StartService, now: datetime) -> e.Events:
    """Begin the service of the called ticket."""
    desk, ticket = checks.ticket_at(hall, command, Status.SERVING)
    return (e.ServiceStarted(now, ticket.order, ticket.number, desk.id),)


def finish(hall: "Hall", command: c.FinishService, now: datetime) -> e.Events:
    """End the service at the desk."""
    desk, ticket = checks.ticket_at(hall, command, Status.SERVED)
    return (e.ServiceFinished(now, ticket.order, ticket.number, desk.id),)


def finishing(hall: "Hall", desk: Desk, now: datetime, by: str) -> e.Events:
    """End the service at the desk if a ticket is there: part of every key that makes the desk free."""
    ticket = hall.ticket_at(desk.id)
    return () if ticket is None else (e.ServiceFinished(now, ticket.order, ticket.number, desk.id, by),)


def no_show(hall: "Hall", command: c.MarkNoShow, now: datetime) -> e.Events:
    """Give the called ticket up."""
    desk, ticket = checks.ticket_at(hall, command, Status.NO_SHOW)
    return (e.TicketNoShow(now, ticket.order, ticket.number, desk.id),)


def hold(hall: "Hall", command: c.HoldTicket, now: datetime) -> e.Events:
    """Put the ticket at the desk aside, or a waiting one."""
    desk, ticket = checks.ticket_meant(hall, command, command.number, Status.ON_HOLD)
    return (e.TicketHeld(now, ticket.order, ticket.number, desk.id),)


def resume(hall: "Hall", command: c.ResumeTicket, now: datetime) -> e.Events:
    """Let a ticket that was put aside wait again."""
    desk, _ = checks.clerk_at(hall, command)
    ticket = checks.ticket_named(hall, desk, command.number, Status.ON_HOLD)
    if ticket.status is not Status.ON_HOLD:
        raise no.IllegalMove(f"{ticket.number}: {ticket.status} -> waiting")
    return (e.TicketResumed(now, ticket.order, ticket.number, desk.id),)


def transfer(hall: "Hall", command: c.TransferTicket, now: datetime) -> e.Events:
    """Send the ticket at the desk on, or a waiting one, once somebody is known to be there for it."""
    desk, ticket = checks.ticket_meant(hall, command, command.number, Status.WAITING)
    if (command.to_category is None) == (command.to_desk is None):
        raise no.BadRequest("a transfer goes either to_category or to_desk")
    if command.to_desk is not None:
        target = checks.known_desk(hall, command.to_desk)
        if not hall.is_staffed(target.id):
            raise no.TargetUnavailable(f"desk {target.id} is {'paused' if target.id in hall.desks else 'closed'}")
        return (e.TicketTransferred(now, ticket.order, ticket.number, ticket.category, target.id, desk.id),)
    category = checks.known_category(hall, command.to_category or "")
    if not hall.office.takes(category, now):
        raise no.TargetUnavailable(f"{category.id}: closed at this hour")
    if not any(map(hall.is_staffed, hall.office.desks_of[category.id])):
        raise no.TargetUnavailable(f"{category.id}: no clerk sits at a desk that takes it")
    return (e.TicketTransferred(now, ticket.order, ticket.number, category.id, None, desk.id),)

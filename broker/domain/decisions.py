"""What happens when a command is carried out, or the rule that says no."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from . import commands as c
from . import events as e
from . import refusals as no
from .office import Category, Desk
from .policy import next_ticket
from .ticket import DIGITS, Status, Ticket

if TYPE_CHECKING:
    from .hall import Hall
    from .open_desk import OpenDesk

Events = tuple[e.Event, ...]

LAST_NUMBER = 10**DIGITS - 1


# -- tickets ---------------------------------------------------------------------------------------------------


def _issue(hall: "Hall", command: c.IssueTicket, now: datetime) -> Events:
    category = _category(hall, command.category)
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


def _report_print(hall: "Hall", command: c.ReportPrint, now: datetime) -> Events:
    ticket = hall.ticket(command.number)
    return (e.TicketPrinted(now, ticket.order, ticket.number, command.result, command.detail),)


def _cancel(hall: "Hall", command: c.CancelTicket, now: datetime) -> Events:
    ticket = _moving(hall.ticket(command.number), Status.CANCELLED)
    return (e.TicketCancelled(now, ticket.order, ticket.number),)


def _confirm_shown(hall: "Hall", command: c.ConfirmShown, now: datetime) -> Events:
    if not 0 < command.call <= hall.call:
        raise no.BadRequest(f"call {command.call}: today there were calls 1 to {hall.call}")
    on_the_wall = any(call.call == command.call for call in hall.calls)
    if command.call in hall.shown or not on_the_wall:
        return ()
    return (e.CallShown(now, command.call, command.display),)


# -- desks -----------------------------------------------------------------------------------------------------


def _open(hall: "Hall", command: c.OpenDesk, now: datetime) -> Events:
    desk = _desk(hall, command.desk)
    state = hall.desks.get(desk.id)
    if state is not None:
        _same_clerk(desk, state, command.client)
        if not state.paused:
            return ()
    return (e.DeskOpened(now, desk.id, command.client),)


def _close(hall: "Hall", command: c.CloseDesk, now: datetime) -> Events:
    # From any terminal, so that a desk whose terminal broke can be taken over.
    desk = _desk(hall, command.desk)
    if desk.id not in hall.desks:
        return ()
    # Whoever was sent to this desk alone would wait for ever.
    back = (
        e.TicketTransferred(now, ticket.order, ticket.number, ticket.category)
        for ticket in hall.waiting()
        if ticket.desk == desk.id
    )
    return (*_finishing(hall, desk, now), *back, e.DeskClosed(now, desk.id))


def _pause(hall: "Hall", command: c.PauseDesk, now: datetime) -> Events:
    desk, _ = _clerk_at(hall, command)
    return (*_finishing(hall, desk, now), e.DeskPaused(now, desk.id, command.reason))


def _next(hall: "Hall", command: c.CallNext, now: datetime) -> Events:
    desk, state = _clerk_at(hall, command)
    if state.last_call_at is not None:
        since = (now - state.last_call_at).total_seconds()
        if 0 <= since < hall.office.double_press_s:
            raise no.TooSoon(f"desk {desk.id} called {since:.1f} s ago")
    finishing = _finishing(hall, desk, now)
    choice = next_ticket(hall.front(), desk, hall.office)
    if choice is not None:
        reason = choice.in_words(hall.office.time_zone)
        return (*finishing, _call(hall, choice.place.ticket, desk, reason, now))
    if not finishing:
        raise no.NothingWaiting(f"desk {desk.id}: nobody waits")
    return finishing


def _call_number(hall: "Hall", command: c.CallNumber, now: datetime) -> Events:
    if not hall.office.call_by_number:
        raise no.NotAllowed("this office does not call by number")
    desk, _ = _clerk_at(hall, command)
    ticket = hall.ticket(command.number)
    if ticket.status is not Status.WAITING:
        raise no.IllegalMove(f"{ticket.number}: {ticket.status} -> called")
    reason = f"out of turn: desk {desk.id} asked for {ticket.number}"
    return (*_finishing(hall, desk, now), _call(hall, ticket, desk, reason, now))


def _recall(hall: "Hall", command: c.Recall, now: datetime) -> Events:
    desk, ticket = _ticket_at(hall, command, Status.CALLED)
    if ticket.recalls >= hall.office.recalls_before_no_show:
        return (e.TicketNoShow(now, ticket.order, ticket.number, desk.id),)
    return (e.TicketRecalled(now, ticket.order, ticket.number, desk.id, hall.call + 1),)


def _start(hall: "Hall", command: c.StartService, now: datetime) -> Events:
    desk, ticket = _ticket_at(hall, command, Status.SERVING)
    return (e.ServiceStarted(now, ticket.order, ticket.number, desk.id),)


def _finish(hall: "Hall", command: c.FinishService, now: datetime) -> Events:
    desk, ticket = _ticket_at(hall, command, Status.SERVED)
    return (e.ServiceFinished(now, ticket.order, ticket.number, desk.id),)


def _no_show(hall: "Hall", command: c.MarkNoShow, now: datetime) -> Events:
    desk, ticket = _ticket_at(hall, command, Status.NO_SHOW)
    return (e.TicketNoShow(now, ticket.order, ticket.number, desk.id),)


def _hold(hall: "Hall", command: c.HoldTicket, now: datetime) -> Events:
    desk, ticket = _ticket_at(hall, command, Status.ON_HOLD)
    return (e.TicketHeld(now, ticket.order, ticket.number, desk.id),)


def _resume(hall: "Hall", command: c.ResumeTicket, now: datetime) -> Events:
    _clerk_at(hall, command)
    ticket = hall.ticket(command.number)
    if ticket.status is not Status.ON_HOLD:
        raise no.IllegalMove(f"{ticket.number}: {ticket.status} -> waiting")
    return (e.TicketResumed(now, ticket.order, ticket.number),)


def _transfer(hall: "Hall", command: c.TransferTicket, now: datetime) -> Events:
    _, ticket = _ticket_at(hall, command, Status.WAITING)
    if (command.to_category is None) == (command.to_desk is None):
        raise no.BadRequest("a transfer goes either to_category or to_desk")
    if command.to_desk is not None:
        target = _desk(hall, command.to_desk)
        if not hall.is_staffed(target.id):
            raise no.TargetUnavailable(f"desk {target.id} is {'paused' if target.id in hall.desks else 'closed'}")
        return (e.TicketTransferred(now, ticket.order, ticket.number, ticket.category, target.id),)
    category = _category(hall, command.to_category or "")
    if not hall.office.takes(category, now):
        raise no.TargetUnavailable(f"{category.id}: closed at this hour")
    if not any(map(hall.is_staffed, hall.office.desks_of[category.id])):
        raise no.TargetUnavailable(f"{category.id}: no clerk sits at a desk that takes it")
    return (e.TicketTransferred(now, ticket.order, ticket.number, category.id),)


# -- the day ---------------------------------------------------------------------------------------------------


def _end_day(hall: "Hall", _command: c.EndDay, now: datetime) -> Events:
    closed = tuple(e.TicketClosed(now, ticket.order, ticket.number) for ticket in hall.open.values())
    return (*closed, *(e.DeskClosed(now, desk) for desk in hall.desks))


def _start_day(hall: "Hall", _command: c.StartDay, now: datetime) -> Events:
    return (e.DayStarted(now, hall.office.business_day(now), hall.service_s),) if hall.is_over(now) else ()


# -- what the rules above share --------------------------------------------------------------------------------


def _category(hall: "Hall", category: str) -> Category:
    try:
        return hall.office.categories[category]
    except KeyError:
        raise no.UnknownCategory(f"{category}: no such category") from None


def _desk(hall: "Hall", desk: str) -> Desk:
    try:
        return hall.office.desks[desk]
    except KeyError:
        raise no.UnknownDesk(f"{desk}: no such desk") from None


def _same_clerk(desk: Desk, state: "OpenDesk", client: str) -> None:
    if state.client != client:
        raise no.DeskTaken(f"desk {desk.id} is open at {state.client}")


def _clerk_at(hall: "Hall", command: c.AtDesk) -> "tuple[Desk, OpenDesk]":
    desk = _desk(hall, command.desk)
    state = hall.desks.get(desk.id)
    if state is None:
        raise no.DeskIsClosed(f"desk {desk.id} is closed")
    _same_clerk(desk, state, command.client)
    return desk, state


def _ticket_at(hall: "Hall", command: c.AtDesk, becomes: Status) -> tuple[Desk, Ticket]:
    desk, _ = _clerk_at(hall, command)
    ticket = hall.ticket_at(desk.id)
    if ticket is None:
        raise no.IllegalMove(f"desk {desk.id} has no ticket -> {becomes}")
    return desk, _moving(ticket, becomes)


def _moving(ticket: Ticket, status: Status) -> Ticket:
    if not ticket.may_become(status):
        raise no.IllegalMove(f"{ticket.number}: {ticket.status} -> {status}")
    return ticket


def _finishing(hall: "Hall", desk: Desk, now: datetime) -> Events:
    ticket = hall.ticket_at(desk.id)
    return () if ticket is None else (e.ServiceFinished(now, ticket.order, ticket.number, desk.id),)


def _call(hall: "Hall", ticket: Ticket, desk: Desk, reason: str, now: datetime) -> e.TicketCalled:
    return e.TicketCalled(now, ticket.order, ticket.number, desk.id, hall.call + 1, reason)


DECISIONS: Mapping[type[c.Command], Callable[["Hall", Any, datetime], Events]] = {
    c.IssueTicket: _issue,
    c.ReportPrint: _report_print,
    c.CancelTicket: _cancel,
    c.ConfirmShown: _confirm_shown,
    c.OpenDesk: _open,
    c.CloseDesk: _close,
    c.PauseDesk: _pause,
    c.CallNext: _next,
    c.CallNumber: _call_number,
    c.Recall: _recall,
    c.StartService: _start,
    c.FinishService: _finish,
    c.MarkNoShow: _no_show,
    c.HoldTicket: _hold,
    c.ResumeTicket: _resume,
    c.TransferTicket: _transfer,
    c.EndDay: _end_day,
    c.StartDay: _start_day,
}

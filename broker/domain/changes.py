"""What each event changes in the hall; no rule is asked again here."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from . import events as e
from .draft import Draft
from .open_desk import OpenDesk
from .ticket import DIGITS, Status, Ticket

SERVICES_KEPT = 12
# What a desk is no longer once it calls somebody; whoever waits for an arrival is back as well.
PRESENT = {"paused": False, "pause_reason": None, "ready_at": None}
# A ticket left open over a break says nothing about how long service takes.
LONGEST_SERVICE = timedelta(hours=2)


def _day_started(draft: Draft, event: e.DayStarted) -> None:
    for table in ("open", "ended", "lines", "numbers", "issued", "last_numbers", "desks", "actions", "checked_in"):
        draft[table] = {}
    draft["day"] = event.day
    draft["seq"] = 0
    draft["call"] = 0
    draft["calls"] = ()
    draft["shown"] = frozenset()
    draft["latest_issue"] = None
    draft["service_s"] = {category: tuple(times) for category, times in event.service_s.items()}


def _ticket_issued(draft: Draft, event: e.TicketIssued) -> None:
    draft.add_ticket(
        Ticket(
            order=event.order,
            number=event.number,
            category=event.category,
            issued_at=event.at,
            anchor=event.anchor,
            priority=event.priority,
            language=event.language,
            booked_at=event.booked_at,
        )
    )
    draft["latest_issue"] = max(event.at, draft["latest_issue"] or event.at)
    draft.table("numbers")[event.number] = event.order
    if event.code is not None:
        draft.table("checked_in")[event.code] = event.order
    issued = draft.table("issued")
    issued[event.category] = issued.get(event.category, 0) + 1
    draft.table("last_numbers")[event.number[:-DIGITS]] = int(event.number[-DIGITS:])


def _ticket_printed(draft: Draft, event: e.TicketPrinted) -> None:
    tickets = draft.table("open" if event.order in draft["open"] else "ended")
    tickets[event.order] = replace(tickets[event.order], printed=event.result)


def _ticket_called(draft: Draft, event: e.TicketCalled) -> None:
    draft.change_ticket(
        event.order,
        status=Status.CALLED,
        desk=event.desk,
        called_at=_not_before(draft["open"][event.order].issued_at, event.at),
        started_at=None,
        recalls=0,
        reason=event.reason,
        grounds=event.grounds,
    )
    draft.change_desk(event.desk, ticket=event.order, last_call_at=event.at, **PRESENT)
    draft.announce(event, "call")


def _ticket_recalled(draft: Draft, event: e.TicketRecalled) -> None:
    ticket = draft["open"][event.order]
    draft.change_ticket(event.order, recalls=ticket.recalls + 1)
    draft.announce(event, "recall")


def _service_started(draft: Draft, event: e.ServiceStarted) -> None:
    called_at = draft["open"][event.order].called_at
    draft.change_ticket(event.order, status=Status.SERVING, started_at=_not_before(called_at, event.at))


def _service_finished(draft: Draft, event: e.ServiceFinished) -> None:
    ticket = draft.end_ticket(event, Status.SERVED)
    took = _service_s(ticket)
    if took is not None:
        times = draft.table("service_s")
        times[ticket.category] = (*times.get(ticket.category, ()), took)[-SERVICES_KEPT:]


def _ticket_held(draft: Draft, event: e.TicketHeld) -> None:
    draft.free_desk(draft["open"][event.order])
    draft.change_ticket(event.order, status=Status.ON_HOLD, desk=None)


def _ticket_resumed(draft: Draft, event: e.TicketResumed) -> None:
    draft.change_ticket(event.order, status=Status.WAITING)


def _ticket_transferred(draft: Draft, event: e.TicketTransferred) -> None:
    draft.free_desk(draft["open"][event.order])
    draft.change_ticket(event.order, status=Status.WAITING, category=event.category, desk=event.to_desk)


def _ticket_restored(draft: Draft, event: e.TicketRestored) -> None:
    now: Ticket = draft["open"].get(event.order) or draft["ended"][event.order]
    took = _service_s(now) if now.status is Status.SERVED else None
    if took is not None:
        times = draft.table("service_s")
        times[now.category] = _without_last(times.get(now.category, ()), took)
    before = next(ticket for ticket in draft["actions"][event.desk].tickets if ticket.order == event.order)
    if before.status is Status.WAITING and before.desk not in {*draft["desks"], event.desk}:
        # The one desk that it had been sent to was closed meanwhile.
        before = replace(before, desk=None)
    draft.restore_ticket(before)


def _desk_restored(draft: Draft, event: e.DeskRestored) -> None:
    action = draft.table("actions").pop(event.desk)
    draft.table("desks")[event.desk] = action.desk
    first = next((made.call for made in action.made if isinstance(made, e.TicketCalled)), None)
    if first is not None:
        # Whoever takes a call back did not want it: the next arrival is not called to the desk at once.
        draft.change_desk(event.desk, ready_at=None)
        draft["calls"] = tuple(call for call in draft["calls"] if call.call < first or call.desk != event.desk)
        draft["shown"] = frozenset({call.call for call in draft["calls"]} & draft["shown"])


def _not_before(earlier: datetime | None, at: datetime) -> datetime:
    """Return `at`, or the earlier step of a ticket's life if the clock was set back since: no wait is less than 0 s."""
    return at if earlier is None else max(earlier, at)


def _service_s(ticket: Ticket) -> float | None:
    """Return how long the service took that has just ended, in seconds; None if that says nothing."""
    took = (ticket.ended_at or ticket.issued_at) - (ticket.called_at or ticket.issued_at)
    return took.total_seconds() if timedelta() < took <= LONGEST_SERVICE else None


def _without_last(times: tuple[float, ...], took: float) -> tuple[float, ...]:
    """Return the times without the last one that was `took`."""
    if took not in times:
        return times
    at = len(times) - 1 - times[::-1].index(took)
    return times[:at] + times[at + 1 :]


def _desk_opened(draft: Draft, event: e.DeskOpened) -> None:
    desks = draft.table("desks")
    if event.desk in desks:
        draft.change_desk(event.desk, client=event.client, clerk=event.clerk, paused=False, pause_reason=None)
    else:
        desks[event.desk] = OpenDesk(event.client, clerk=event.clerk)


def _desk_paused(draft: Draft, event: e.DeskPaused) -> None:
    draft.change_desk(event.desk, paused=True, pause_reason=event.reason, ready_at=None)


def _desk_closed(draft: Draft, event: e.DeskClosed) -> None:
    del draft.table("desks")[event.desk]


def _call_shown(draft: Draft, event: e.CallShown) -> None:
    on_the_wall = {call.call for call in draft["calls"]}
    draft["shown"] = frozenset({event.call, *draft["shown"]} & on_the_wall)


def _numbers_skipped(draft: Draft, event: e.NumbersSkipped) -> None:
    draft["last_numbers"] = {**draft["last_numbers"], **event.last_numbers}
    draft["call"] = event.call


CHANGES: Mapping[type[e.Event], Callable[[Draft, Any], object]] = {
    e.DayStarted: _day_started,
    e.TicketIssued: _ticket_issued,
    e.TicketPrinted: _ticket_printed,
    e.TicketCalled: _ticket_called,
    e.TicketRecalled: _ticket_recalled,
    e.ServiceStarted: _service_started,
    e.ServiceFinished: _service_finished,
    e.TicketNoShow: lambda draft, event: draft.end_ticket(event, Status.NO_SHOW),
    e.TicketHeld: _ticket_held,
    e.TicketResumed: _ticket_resumed,
    e.TicketTransferred: _ticket_transferred,
    e.TicketCancelled: lambda draft, event: draft.end_ticket(event, Status.CANCELLED),
    e.TicketClosed: lambda draft, event: draft.end_ticket(event, Status.CLOSED),
    e.DeskOpened: _desk_opened,
    e.DeskReady: lambda draft, event: draft.change_desk(event.desk, **(PRESENT | {"ready_at": event.at})),
    e.DeskPaused: _desk_paused,
    e.DeskClosed: _desk_closed,
    e.TicketRestored: _ticket_restored,
    e.DeskRestored: _desk_restored,
    e.CallShown: _call_shown,
    e.NumbersSkipped: _numbers_skipped,
}

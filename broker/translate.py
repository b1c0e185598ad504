"""Between the contract and the domain: the only module that knows both languages."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal

from msgspec.structs import replace

from broker.contract import messages as m
from broker.domain import commands as c
from broker.domain.call import Call
from broker.domain.forecast import Forecast
from broker.domain.hall import Hall
from broker.domain.office import Category
from broker.domain.reason import in_every_language
from broker.domain.reopening import next_opening
from broker.domain.ticket import Status, Ticket

_COMMANDS: dict[str, Callable[[str, Any], c.Command]] = {
    "ticket": lambda _client, r: c.IssueTicket(r.category, r.priority, r.language, r.booked_at),
    "check_in": lambda _client, r: c.CheckIn(r.code, None, r.priority, r.language),
    "printed": lambda _client, r: c.ReportPrint(r.number, r.result, r.detail),
    "cancel": lambda _client, r: c.CancelTicket(r.number),
    "shown": lambda client, r: c.ConfirmShown(r.call, client),
    "open": lambda client, r: c.OpenDesk(r.desk, client, r.clerk),
    "close": lambda client, r: c.CloseDesk(r.desk, client),
    "pause": lambda client, r: c.PauseDesk(r.desk, client, r.reason),
    "next": lambda client, r: c.CallNext(r.desk, client),
    "recall": lambda client, r: c.Recall(r.desk, client),
    "start": lambda client, r: c.StartService(r.desk, client),
    "finish": lambda client, r: c.FinishService(r.desk, client),
    "no_show": lambda client, r: c.MarkNoShow(r.desk, client),
    "hold": lambda client, r: c.HoldTicket(r.desk, client, r.number),
    "resume": lambda client, r: c.ResumeTicket(r.desk, client, r.number),
    "transfer": lambda client, r: c.TransferTicket(r.desk, client, r.to_category, r.to_desk, r.number),
    "call": lambda client, r: c.CallNumber(r.desk, client, r.number),
    "undo": lambda client, r: c.Undo(r.desk, client),
}


def command(client: str, verb: str, request: m.Request) -> c.Command:
    """Return what a request asks for."""
    return _COMMANDS[verb](client, request)


class View:
    """One hall in the words of the contract.

    `unshown` are the desks whose call stands on no wall; `bookings` is whether visits are booked for today or later.
    """

    def __init__(self, hall: Hall, unshown: frozenset[str] = frozenset(), *, bookings: bool = False) -> None:
        self.hall = hall
        self.unshown = unshown
        self.bookings = bookings
        self._office = hall.office
        self._forecast = Forecast(hall)

    def ticket(self, ticket: Ticket) -> m.Ticket:
        """Return a ticket as residents and clerks may see it."""
        waits = ticket.status is Status.WAITING
        ahead = self._forecast.ahead(ticket) if waits else 0
        return m.Ticket(
            number=ticket.number,
            category=ticket.category,
            priority=ticket.priority,
            status=ticket.status.value,
            issued_at=self._local(ticket.issued_at),
            ahead=ahead,
            wait_minutes=self._forecast.wait(ticket.category, ahead) if waits else None,
            desks=self._desks_for(ticket),
            called_at=self._local(ticket.called_at) if ticket.called_at else None,
            desk=ticket.desk,
            reason=ticket.reason,
            reasons=self._reasons(ticket),
            booked_at=self._local(ticket.booked_at) if ticket.booked_at else None,
            booking=_in_time(ticket),
        )

    def desk(self, desk_id: str) -> m.Desk:
        """Return a desk as it stands in a reply."""
        return self._desk(desk_id, self._forecast.waiting_at(desk_id))

    def desk_state(self, desk_id: str) -> m.Desk:
        """Return all that a desk's terminal shows."""
        desk = self._office.desks[desk_id]
        waiting = self._forecast.waiting_at(desk_id)
        state = self.hall.desks.get(desk_id)
        reason = state.pause_reason if state else None
        pause = self._office.pauses.get(reason or "")
        return replace(
            self._desk(desk_id, waiting),
            label=dict(desk.label),
            serves=list(desk.handicaps),
            waiting_by_category=waiting,
            pause_reason=reason,
            pause_name=dict(pause.name) if pause else {},
            pauses=[m.PauseReason(each.id, dict(each.name)) for each in self._office.pauses.values()],
            sent_here=sum(len(line) for (_, sent_to), line in self.hall.lines.items() if sent_to == desk_id),
            held=self._held,
            unshown=desk_id in self.unshown,
        )

    @cached_property
    def _held(self) -> list[str]:
        held = [ticket for ticket in self.hall.open.values() if ticket.status is Status.ON_HOLD]
        # One that was served by mistake, and is not any more, stands last among the open ones.
        return [ticket.number for ticket in sorted(held, key=attrgetter("order"))]

    def board(self) -> m.Board:
        """Return all that a wall draws."""
        return m.Board(
            day=self.hall.day.isoformat(),
            seq=self.hall.seq,
            calls=[self._call(call) for call in self.hall.calls],
            waiting=[
                m.CategoryQueue(
                    category=category.id,
                    waiting=self._forecast.waiting[category.id],
                    wait_minutes=self._forecast.newcomer(category.id),
                    name=dict(category.name),
                )
                for category in self._office.categories.values()
            ],
            office=dict(self._office.name),
            time_zone=self._office.time_zone.key,
            hearing_loop=self._office.hearing_loop,
        )

    def menu(self, now: datetime) -> m.Menu:
        """Return all that a kiosk draws; what is open depends on the time."""
        office = self._office
        return m.Menu(
            office=dict(office.name),
            languages=list(office.languages),
            day=self.hall.day.isoformat(),
            groups=[m.Group(group.id, dict(group.name)) for group in office.groups],
            categories=[self._category(category, now) for category in office.categories.values()],
            priorities=[
                m.Priority(priority.id, dict(priority.name), priority.head_start_minutes)
                for priority in office.priorities.values()
            ],
            desk_labels={desk.id: dict(desk.label) for desk in office.desks.values()},
            bookings=self.bookings,
            hearing_loop=office.hearing_loop,
        )

    def _desk(self, desk_id: str, waiting: Mapping[str, int]) -> m.Desk:
        ticket = self.hall.ticket_at(desk_id)
        return m.Desk(
            id=desk_id,
            status=self._desk_status(desk_id, ticket),
            waiting=sum(waiting.values()),
            ticket=self.ticket(ticket) if ticket else None,
            ready=self._is_ready(desk_id),
        )

    def _is_ready(self, desk_id: str) -> bool:
        state = self.hall.desks.get(desk_id)
        return state is not None and state.ready_at is not None

    def _category(self, category: Category, now: datetime) -> m.Category:
        takes, full = self._office.takes(category, now), self.hall.is_full(category, now)
        return m.Category(
            id=category.id,
            group=category.group,
            letter=category.letter,
            name=dict(category.name),
            open=takes,
            full=full,
            waiting=self._forecast.waiting[category.id],
            wait_minutes=self._forecast.newcomer(category.id),
            desks=list(self._office.desks_of[category.id]),
            hint=dict(category.hint),
            synonyms={language: list(words) for language, words in category.synonyms.items()},
            alternatives={language: list(words) for language, words in category.alternatives.items()},
            sign_language=dict(category.sign_language),
            opens_at=None if takes and not full else next_opening(self._office, category, now, full=full),
        )

    def _call(self, call: Call) -> m.Call:
        desk = self._office.desks.get(call.desk)
        return m.Call(
            call=call.call,
            number=call.number,
            desk=call.desk,
            label=dict(desk.label) if desk else {},
            called_at=self._local(call.called_at),
            kind=call.kind,
        )

    def _desk_status(self, desk_id: str, ticket: Ticket | None) -> m.DeskStatus:
        state = self.hall.desks.get(desk_id)
        if state is None:
            return "closed"
        if ticket is not None:
            return "calling" if ticket.status is Status.CALLED else "serving"
        return "paused" if state.paused else "free"

    def _desks_for(self, ticket: Ticket) -> list[str]:
        return [ticket.desk] if ticket.desk else list(self._office.desks_of.get(ticket.category, ()))

    def _reasons(self, ticket: Ticket) -> m.Text:
        return in_every_language(ticket.grounds, ticket.number, self._office.time_zone) if ticket.grounds else {}

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self._office.time_zone)


def _in_time(ticket: Ticket) -> Literal["on_time", "early", "late"] | None:
    """Return how a booked visit checked in; None for who came without one."""
    if ticket.booked_at is None:
        return None
    if ticket.anchor == ticket.booked_at:
        return "on_time"
    return "early" if ticket.anchor < ticket.booked_at else "late"

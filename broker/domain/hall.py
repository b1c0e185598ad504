"""The hall of one business day: everything that the broker knows, as one value."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from .action import Action, note
from .call import Call
from .changes import CHANGES
from .commands import Command, Undo
from .decisions import DECISIONS
from .draft import Draft
from .events import Event
from .forecast import Forecast
from .lines import Line, LineKey
from .office import Category, Office
from .open_desk import OpenDesk
from .refusals import UnknownTicket
from .rules.auto_call import auto_calls
from .ticket import Ticket


@dataclass(frozen=True)
class Hall:
    """The state of the day, folded from its events.

    `open` holds the tickets whose life goes on, `ended` the others, both by order; `lines` holds those that wait, in
    their order. `numbers` gives the order of the newest ticket with a number; `issued` says of each category how many
    tickets it gave out, `last_numbers` of each letter the running number of the last one. `desks` holds the desks at
    which a clerk sits, `actions` what the last key of each changed. `checked_in` gives the order of the one ticket of
    each booked visit, by its code. `seq` counts the events of the day.
    """

    office: Office
    day: date = date.min
    seq: int = 0
    open: Mapping[int, Ticket] = field(default_factory=dict)
    ended: Mapping[int, Ticket] = field(default_factory=dict)
    lines: Mapping[LineKey, Line] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    issued: Mapping[str, int] = field(default_factory=dict)
    last_numbers: Mapping[str, int] = field(default_factory=dict)
    desks: Mapping[str, OpenDesk] = field(default_factory=dict)
    call: int = 0
    calls: tuple[Call, ...] = ()  # newest first
    shown: frozenset[int] = frozenset()
    service_s: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    latest_issue: datetime | None = None  # by the clock that was furthest ahead
    actions: Mapping[str, Action] = field(default_factory=dict)
    checked_in: Mapping[str, int] = field(default_factory=dict)

    def decide(self, command: Command, now: datetime) -> tuple[Event, ...]:
        """Return what happens if `command` is carried out at `now`, in UTC; Refused where a rule says no."""
        events = DECISIONS[type(command)](self, command, now)
        # Only a key taken back makes a desk ready while somebody waits.
        if events and (isinstance(command, Undo) or any(desk.ready_at for desk in self.desks.values())):
            events += auto_calls(self.after(*events), now)
        return events

    def after(self, *events: Event) -> "Hall":
        """Return the hall after these events; this one stays as it is."""
        return self.after_all(events)

    def after_all(self, events: Iterable[Event]) -> "Hall":
        """Return the hall after these events, however many: each is looked at once and let go."""
        draft = Draft(self)
        for event in events:
            note(draft, event)
            CHANGES[type(event)](draft, event)
            draft["seq"] += 1
        return draft.finished()

    def is_over(self, now: datetime) -> bool:
        """Whether `now` belongs to a later business day; a clock that went back opens no day of the past."""
        return self.office.business_day(now) > self.day

    def waiting(self) -> Iterator[Ticket]:
        """Yield the tickets that wait to be called, line by line."""
        return (self.open[order] for line in self.lines.values() for _, order in line)

    def front(self) -> Iterator[Ticket]:
        """Yield the first two tickets of every line: among them are the next and the next but one of every desk."""
        return (self.open[order] for line in self.lines.values() for _, order in line[:2])

    def ticket(self, number: str) -> Ticket:
        """Return the newest ticket with this number; UnknownTicket if there was none today."""
        ticket = self.by_order(self.numbers.get(number, 0))
        if ticket is None:
            raise UnknownTicket(f"{number}: no such number today")
        return ticket

    def by_order(self, order: int) -> Ticket | None:
        """Return the ticket that was issued as the `order`-th of the day, whatever became of it."""
        return self.open.get(order) or self.ended.get(order)

    def is_full(self, category: Category, now: datetime) -> bool:
        """Whether whoever comes without a booking gets no ticket of the category any more today."""
        return self.is_given_out(category) or self.is_too_late(category, now)

    def is_given_out(self, category: Category) -> bool:
        """Whether all tickets of the category's daily limit are given out."""
        return category.daily_limit is not None and self.issued.get(category.id, 0) >= category.daily_limit

    def is_too_late(self, category: Category, now: datetime) -> bool:
        """Whether the office stops in time, and those who wait will take until the category closes."""
        return self.office.stop_when_late and Forecast(self).is_too_late(category, now)

    def is_staffed(self, desk: str) -> bool:
        """Whether a clerk sits at the desk, and is not away for a while."""
        state = self.desks.get(desk)
        return state is not None and not state.paused

    def ticket_at(self, desk: str) -> Ticket | None:
        """Return the ticket that is called or served at the desk."""
        state = self.desks.get(desk)
        return self.open[state.ticket] if state and state.ticket is not None else None

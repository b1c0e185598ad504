"""Clocks that walk at random, over years and back, under a hall where people come, are called and go."""

from collections import defaultdict
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from broker.day_change import NO_HALL_BEFORE, DayChange, plausible
from broker.domain.commands import CallNext, FinishService, IssueTicket, OpenDesk, StartService
from broker.domain.events import DayStarted, TicketClosed
from broker.domain.hall import Hall
from broker.domain.refusals import Refused
from tests.broker.domain.halls import MORNING
from tests.broker.domain.offices import office

SECOND, HOUR, DAY = 1, 3600, 86400
passing = st.sampled_from([SECOND, 40, 600, HOUR, 5 * HOUR, 12 * HOUR])
leaps = st.sampled_from([-400 * DAY, -DAY, -HOUR, -90, 90, HOUR, DAY, 30 * DAY, 1500 * DAY]) | st.integers(-DAY, DAY)
deeds = st.sampled_from(["take", "take", "take", "next", "next", "start", "finish"])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("passes"), passing),
        st.tuples(st.just("is set"), leaps),
        st.tuples(st.just("deed"), deeds),
        st.tuples(st.just("deed"), deeds),
        st.tuples(st.just("restart"), st.booleans()),
    ),
    max_size=60,
)
starts = st.sampled_from([datetime(1970, 1, 1, tzinfo=UTC), MORNING, MORNING + timedelta(days=1500)])


class Walk:
    """One broker on one clock; what it stored is all that a restart leaves."""

    def __init__(self, start):
        self.now, self.steady_s, self.synchronised = start, 0.0, False
        self.log = []
        self.numbers = defaultdict(list)
        self.restart(synchronised=False)

    def restart(self, *, synchronised):
        self.synchronised = synchronised
        newest = max((at for at, event in enumerate(self.log) if isinstance(event, DayStarted)), default=0)
        self.hall = Hall(office()).after_all(self.log[newest:])
        self.changes = DayChange(self.hall, self.days, lambda: self.steady_s, lambda: self.synchronised)
        self.came_before = set(self.hall.open)
        self.look()

    def days(self):
        return [event.day for event in self.log if isinstance(event, DayStarted)]

    def passes(self, seconds):
        self.steady_s += seconds
        self.now += timedelta(seconds=seconds)
        self.look()

    def is_set(self, seconds):
        self.now = max(self.now + timedelta(seconds=seconds), datetime(1970, 1, 1, tzinfo=UTC))
        day, people = self.hall.day, set(self.hall.open) - self.came_before
        closed = [event.order for event in self.look() if isinstance(event, TicketClosed)]
        assert not (people and closed), f"nobody who came on {day} loses the ticket because the clock was set"

    def look(self):
        events = [event for command in self.changes.commands(self.hall, self.now) for event in self.apply(command)]
        if events:
            self.came_before = set()
        return events

    def apply(self, command):
        events = self.hall.decide(command, plausible(self.now))
        self.hall = self.hall.after(*events)
        self.log += events
        return events

    def deed(self, what):
        command = {
            "take": IssueTicket("cards"),
            "next": CallNext("1", "desk-1"),
            "start": StartService("1", "desk-1"),
            "finish": FinishService("1", "desk-1"),
        }[what]
        self.look()
        if "1" not in self.hall.desks:
            self.apply(OpenDesk("1", "desk-1"))
        with suppress(Refused):
            for event in self.apply(command):
                if what == "take":
                    self.numbers[self.hall.day].append(event.number)


@settings(max_examples=150, deadline=None)
@given(starts, steps)
def test_whatever_the_clock_does_numbers_are_unique_days_only_begin_once_and_no_wait_is_negative(start, steps):
    walk = Walk(start)
    for what, how in steps:
        if what == "restart":
            walk.restart(synchronised=how)
        else:
            getattr(walk, {"passes": "passes", "is set": "is_set", "deed": "deed"}[what])(how)
        assert walk.hall.day != date.min
        for ticket in (*walk.hall.open.values(), *walk.hall.ended.values()):
            life = [ticket.issued_at, ticket.called_at, ticket.started_at, ticket.ended_at]
            life = [moment for moment in life if moment is not None]
            assert life == sorted(life)
    days = walk.days()
    assert len(days) == len(set(days))
    assert min(days) >= NO_HALL_BEFORE.date()
    for numbers in walk.numbers.values():
        assert numbers == [f"D{count:03d}" for count in range(1, len(numbers) + 1)]


@settings(max_examples=60, deadline=None)
@given(starts, steps)
def test_a_clock_that_is_right_in_the_end_and_a_time_server_bring_every_hall_to_the_right_day(start, steps):
    walk = Walk(start)
    for what, how in steps:
        if what == "restart":
            walk.restart(synchronised=how)
        else:
            getattr(walk, {"passes": "passes", "is set": "is_set", "deed": "deed"}[what])(how)
    # Later than any day on which the hall was open with a clock that was not far ahead.
    walk.now = max(walk.days())
    walk.now = datetime(walk.now.year, walk.now.month, walk.now.day, 9, tzinfo=UTC) + timedelta(days=2)
    walk.restart(synchronised=True)
    assert walk.hall.day == walk.hall.office.business_day(walk.now)
    assert walk.changes.problem(walk.hall, walk.now) is None

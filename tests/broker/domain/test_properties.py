"""What holds on every day in every office, whatever residents and clerks do.

Each property is tried on 200 random days of 40 to 80 commands; the same ones each time, so that a failure stays.
"""

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broker.contract.messages import ErrorCode
from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.call import CALLS_ON_THE_WALL
from broker.domain.forecast import FEWEST_SERVICES, Forecast
from broker.domain.hall import Hall
from broker.domain.office_file import BadOffice, office_from_toml
from broker.domain.refusals import Refused, TooSoon
from broker.domain.rules import tickets as ticket_rules
from broker.domain.ticket import NEXT_STATUSES
from tests.broker.domain.days import contents, days, offices, play, wild_commands
from tests.broker.domain.halls import minutes

always = partial(
    settings,
    max_examples=200,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
any_day = partial(days, clock_steps_back=True)


def everyone(hall):
    return hall.open | hall.ended


def events_of(day):
    return [event for step in day for event in step.events]


# -- tickets -----------------------------------------------------------------------------------------------------------


@always()
@given(any_day())
def test_no_ticket_is_lost_and_none_is_called_twice_without_a_recall(day):
    waiting = set()
    for step in day:
        for event in step.events:
            if isinstance(event, e.TicketIssued | e.TicketResumed | e.TicketTransferred):
                waiting.add(event.order)
            elif isinstance(event, e.TicketCalled):
                waiting.remove(event.order)
        issued = [event.order for event in step.events if isinstance(event, e.TicketIssued)]
        assert set(everyone(step.after)) == {*everyone(step.before), *issued}
        assert not set(step.after.open) & set(step.after.ended)
    assert sorted(everyone(day[-1].after)) == list(range(1, len(everyone(day[-1].after)) + 1))


@always()
@given(any_day())
def test_a_ticket_moves_only_as_its_life_allows_and_never_back_from_its_end(day):
    for step in day:
        for order, ticket in step.before.ended.items():
            assert step.after.ended[order].status is ticket.status
        for order, ticket in step.before.open.items():
            now = everyone(step.after)[order]
            assert now.status is ticket.status or now.status in NEXT_STATUSES[ticket.status]
            assert (now.status in {"waiting", "called", "serving", "on_hold"}) == (order in step.after.open)
            assert (now.number, now.issued_at, now.anchor, now.priority) == (
                ticket.number,
                ticket.issued_at,
                ticket.anchor,
                ticket.priority,
            )


@always()
@given(offices(), st.integers(0, 2**32), st.integers(4, 9))
def test_no_two_open_tickets_carry_the_same_number(office, seed, last_number):
    with pytest.MonkeyPatch.context() as short_series:
        short_series.setattr(ticket_rules, "LAST_NUMBER", last_number)
        day = play(office, seed, 80, clock_steps_back=True)
    for step in day:
        numbers = [ticket.number for ticket in step.after.open.values()]
        assert len(numbers) == len(set(numbers))
        assert all(step.after.ticket(number).number == number for number in numbers)


@always()
@given(any_day())
def test_nobody_gets_a_ticket_beyond_the_daily_limit_or_outside_the_hours(day):
    given_out = Counter()
    for step in day:
        for event in step.events:
            if isinstance(event, e.TicketIssued):
                matter = step.before.office.categories[event.category]
                given_out[matter.id] += 1
                assert matter.daily_limit is None or given_out[matter.id] <= matter.daily_limit
                assert matter.hours is None or step.now.astimezone(step.before.office.time_zone).hour == 9


# -- desks -------------------------------------------------------------------------------------------------------------


@always()
@given(any_day())
def test_a_desk_never_has_two_tickets_and_a_ticket_never_two_desks(day):
    for step in day:
        at_desks = {desk: state.ticket for desk, state in step.after.desks.items() if state.ticket is not None}
        called_or_serving = {
            ticket.desk: order for order, ticket in step.after.open.items() if ticket.status in {"called", "serving"}
        }
        assert at_desks == called_or_serving
        assert len(called_or_serving) == sum(t.status in {"called", "serving"} for t in step.after.open.values())


@always()
@given(any_day())
def test_a_key_that_is_pressed_twice_at_once_never_calls_two_residents(day):
    for step in day:
        calls = [event for event in step.events if isinstance(event, e.TicketCalled)]
        if calls and isinstance(step.command, c.CallNext) and step.after.office.double_press_s:
            with pytest.raises(TooSoon):
                step.after.decide(step.command, step.now + timedelta(seconds=1))


@always()
@given(any_day())
def test_calls_and_recalls_are_numbered_without_a_gap_and_the_wall_holds_the_newest(day):
    calls = [event for event in events_of(day) if isinstance(event, e.TicketCalled | e.TicketRecalled)]
    assert [event.call for event in calls] == list(range(1, len(calls) + 1))
    newest = [(event.call, event.number, event.desk) for event in reversed(calls)][:CALLS_ON_THE_WALL]
    assert [(call.call, call.number, call.desk) for call in day[-1].after.calls] == newest
    assert len(day[-1].after.shown) <= CALLS_ON_THE_WALL


# -- who is next -------------------------------------------------------------------------------------------------------


def handicap(ticket, desk):
    """Return the minutes of handicap, None where the desk does not take the ticket; written anew from the design."""
    if ticket.desk is not None:
        return 0 if ticket.desk == desk.id else None
    return 0 if ticket.category in desk.serves else desk.stands_in.get(ticket.category)


def head_start(ticket, office):
    return office.priorities[ticket.priority].head_start_minutes if ticket.priority else 0


def line_of(hall, desk):
    """Return the waiting tickets that the desk takes, with the place of each."""
    return {
        order: (ticket.anchor + minutes(late - head_start(ticket, hall.office)), order)
        for order, ticket in hall.open.items()
        if ticket.status == "waiting" and (late := handicap(ticket, desk)) is not None
    }


def next_pressed(day):
    """Yield each NEXT that was not refused for another reason: the hall before it, the desk, and the call or None."""
    for step in day:
        if isinstance(step.command, c.CallNext) and step.refused in {None, "nothing_waiting"}:
            calls = [event for event in step.events if isinstance(event, e.TicketCalled)]
            yield step.before, step.before.office.desks[step.command.desk], calls[0] if calls else None


@always()
@given(any_day())
def test_those_who_wait_stand_in_line_by_their_place_and_nobody_else_does(day):
    for step in day:
        lines = {}
        for order, ticket in step.after.open.items():
            if ticket.status == "waiting":
                place = ticket.anchor - minutes(head_start(ticket, step.after.office))
                lines.setdefault((ticket.category, ticket.desk), []).append((place, order))
        assert {key: list(line) for key, line in step.after.lines.items()} == {k: sorted(v) for k, v in lines.items()}


@always()
@given(days())
def test_a_resident_is_overtaken_only_by_those_who_came_at_most_so_many_minutes_later(day):
    office = day[0].after.office
    most = max((p.head_start_minutes for p in office.priorities.values()), default=0)
    most += max((late for desk in office.desks.values() for late in desk.stands_in.values()), default=0)
    for hall, desk, call in next_pressed(day):
        for order in line_of(hall, desk):
            assert hall.open[call.order].issued_at <= hall.open[order].issued_at + minutes(most)


@always()
@given(any_day())
def test_next_calls_the_earliest_place_and_says_nobody_waits_only_where_nobody_does(day):
    for hall, desk, call in next_pressed(day):
        line = line_of(hall, desk)
        first, *others = sorted(line, key=line.get) or [None]
        assert (call and call.order) == first
        if call:
            words = f"next in line {hall.open[others[0]].number} at " if others else "nobody else in line"
            assert words in call.reason


# -- the hall as a value -----------------------------------------------------------------------------------------------


def from_json(event):
    return msgspec.json.decode(msgspec.json.encode(event), type=type(event))


@always()
@given(any_day(), st.integers(0, 60))
def test_a_day_folded_at_once_in_parts_or_from_its_log_gives_the_same_hall(day, cut):
    hall, events = day[-1].after, events_of(day)
    empty = Hall(hall.office)
    assert empty.after(*events) == hall
    assert empty.after(*events[:cut]).after(*events[cut:]) == hall
    assert empty.after(*map(from_json, events)) == hall
    assert hall.seq == len(events)
    assert hall.after(*events) == hall, "DayStarted clears whatever a day before left behind"


@always()
@given(any_day())
def test_a_day_lived_again_is_the_same_and_changes_no_hall_of_the_past(day):
    hall, past = day[0].before, []
    for step in day:
        past.append((hall, contents(hall)))
        with suppress(Refused):
            hall = hall.after(*hall.decide(step.command, step.now))
        assert hall == step.after
        assert (hall is past[-1][0]) == (step.refused is not None), "a refused command changes nothing"
    assert all(contents(hall) == held for hall, held in past)


@always()
@given(any_day(), st.lists(wild_commands(), min_size=1, max_size=8), st.datetimes(datetime(2000, 1, 1)))  # noqa: DTZ001
def test_whatever_is_asked_there_is_an_answer_or_a_refusal_in_the_words_of_the_contract(day, commands, now):
    hall, codes = day[-1].after, set()
    held = contents(hall)
    for command in commands:
        try:
            hall.after(*hall.decide(command, now.replace(tzinfo=UTC)))
        except Refused as refused:
            codes.add(refused.code)
    assert codes <= set(get_args(ErrorCode))
    assert contents(hall) == held


@always()
@given(any_day())
def test_the_end_of_the_day_closes_all_that_is_open_and_the_next_day_begins_with_nothing(day):
    last, evening = day[-1].after, day[-1].now + timedelta(days=1)
    night = last.after(*last.decide(c.EndDay(), evening))
    assert (night.open, night.desks) == ({}, {})
    assert set(night.ended) == set(everyone(last))
    assert all(night.ended[order].status == "closed" for order in last.open)
    morning = night.after(*night.decide(c.StartDay(), evening))
    assert morning == Hall(last.office, last.office.business_day(evening), seq=1, service_s=last.service_s)


# -- how long it takes -------------------------------------------------------------------------------------------------


@always()
@given(any_day())
def test_a_forecast_is_an_honest_blank_or_a_range_that_grows_with_the_line(day):
    hall = day[-1].after
    forecast = Forecast(hall)
    for category in hall.office.categories:
        waits = [forecast.wait(category, ahead) for ahead in range(6)]
        staffed = any(hall.is_staffed(desk) for desk in hall.office.desks_of[category])
        known = staffed and len(hall.service_s.get(category, ())) >= FEWEST_SERVICES
        assert [wait is not None for wait in waits] == [known] * 6
        if known:
            assert all(0 <= low < high for low, high in waits)
            assert all(fewer[1] <= more[1] for fewer, more in pairwise(waits))
    for ticket in hall.waiting():
        assert 0 <= forecast.ahead(ticket) < forecast.waiting[ticket.category]


# -- the office's file -------------------------------------------------------------------------------------------------

SMALL_OFFICE = """\
[office]
name = { pl = "Urząd" }
time_zone = "Europe/Warsaw"
languages = ["pl", "en"]
day_starts = "04:00"
[[group]]
id = "matters"
name = { pl = "Sprawy" }
[[category]]
id = "cards"
group = "matters"
letter = "D"
name = { pl = "Dowody" }
hint = { pl = "Przygotuj" }
synonyms = { pl = ["dowód"] }
daily_limit = 120
open = { mon-thu = ["07:30-15:30"], fri = ["07:30-14:00"] }
[[category]]
id = "business"
group = "matters"
letter = "B"
name = { pl = "Firmy" }
[[priority]]
id = "child"
head_start_minutes = 15
name = { pl = "Z dzieckiem" }
[[desk]]
id = "30"
label = { pl = "Stanowisko 30" }
serves = ["cards"]
stands_in = { business = 10 }
"""
VALUES = [
    "1",
    "-1",
    "1.5",
    "true",
    '""',
    '"x"',
    "[]",
    "{}",
    "[1]",
    "[[]]",
    "{ pl = 1 }",
    "{ pl = [] }",
    "04:00:00",
]
LINES = SMALL_OFFICE.splitlines()


@always()
@given(st.integers(0, len(LINES) - 1), st.none() | st.sampled_from(VALUES), st.integers(0, len(LINES) - 1))
def test_an_office_file_with_a_slip_is_still_an_office_or_one_line_that_says_where(number, value, doubled):
    lines = [*LINES]
    key, _, _ = lines[number].partition(" = ")
    lines[number] = "" if value is None else f"{key} = {value}"
    text = "\n".join([*lines, lines[doubled]])
    try:
        office_from_toml(text, "office.toml")
    except BadOffice as wrong:
        place, _, says = str(wrong).partition(": ")
        assert says
        assert "\n" not in says
        assert place == "office.toml" or 1 <= int(place.removeprefix("office.toml:")) <= len(lines) + 1


def test_the_small_office_without_a_slip_is_an_office():
    assert office_from_toml(SMALL_OFFICE, "office.toml").desks["30"].stands_in == {"business": 10}

"""The hall as a value: replayed, lived again, asked anything; the end of its day, and its forecast."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import get_args

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from broker.contract.messages import ErrorCode
from broker.domain import commands as c
from broker.domain.forecast import FEWEST_SERVICES, Forecast
from broker.domain.hall import Hall
from broker.domain.refusals import Refused
from tests.broker.domain.days import always, contents, days, events_of, everyone
from tests.broker.domain.deeds import wild_commands


def from_json(event):
    return msgspec.json.decode(msgspec.json.encode(event), type=type(event))


@always()
@given(days(), st.integers(0, 60))
def test_a_day_folded_at_once_in_parts_or_from_its_log_gives_the_same_hall(day, cut):
    hall, events = day[-1].after, events_of(day)
    empty = Hall(hall.office)
    assert empty.after(*events) == hall
    assert empty.after(*events[:cut]).after(*events[cut:]) == hall
    assert empty.after(*map(from_json, events)) == hall
    assert hall.seq == len(events)
    assert hall.after(*events) == hall, "DayStarted clears whatever a day before left behind"


@always()
@given(days())
def test_a_day_lived_again_is_the_same_and_changes_no_hall_of_the_past(day):
    hall, past = day[0].before, []
    for step in day:
        past.append((hall, contents(hall)))
        with suppress(Refused):
            hall = hall.after(*hall.decide(step.command, step.now))
        assert hall == step.after
        assert step.refused is None or hall is past[-1][0], "a refused command changes nothing"
    assert all(contents(hall) == held for hall, held in past)


@always()
@given(days(longest=40), st.lists(wild_commands(), min_size=1, max_size=8), st.datetimes(datetime(2000, 1, 1)))  # noqa: DTZ001
def test_whatever_is_asked_there_is_an_answer_or_a_refusal_in_the_words_of_the_contract(day, commands, now):
    hall = day[-1].after
    held, answers = contents(hall), [step.refused for step in day if step.refused]
    for command in commands:
        for moment in (day[-1].now, now.replace(tzinfo=UTC)):
            try:
                hall.after(*hall.decide(command, moment))
            except Refused as refused:
                answers.append(refused.code if str(refused) else "without the facts")
    assert set(answers) <= set(get_args(ErrorCode))
    assert contents(hall) == held


@always()
@given(days(longest=40), st.lists(wild_commands(), min_size=4, max_size=10))
def test_a_day_that_goes_on_after_the_wildest_commands_never_breaks(day, commands):
    hall, now = day[-1].after, day[-1].now
    for command in commands:
        now += timedelta(seconds=1)
        with suppress(Refused):
            hall = hall.after(*hall.decide(command, now))
    night = hall.after(*hall.decide(c.EndDay(), now))
    assert set(night.ended) == set(everyone(hall))


@always()
@given(days())
def test_the_end_of_the_day_closes_all_that_is_open_and_the_next_day_begins_with_nothing(day):
    last, evening = day[-1].after, day[-1].now + timedelta(days=1)
    night = last.after(*last.decide(c.EndDay(), evening))
    assert (night.open, night.desks) == ({}, {})
    assert set(night.ended) == set(everyone(last))
    assert all(night.ended[order].status == "closed" for order in last.open)
    morning = night.after(*night.decide(c.StartDay(), evening))
    assert morning == Hall(last.office, last.office.business_day(evening), seq=1, service_s=last.service_s)


@always()
@given(days())
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

"""The business day ends and begins."""

from typing import get_args

from broker.domain import commands as c
from broker.domain.decisions import DECISIONS
from broker.domain.hall import Hall
from tests.broker.domain.halls import MORNING, Day
from tests.broker.domain.rules.asking import calling, serving


def test_whatever_is_open_is_closed_at_the_end_of_the_day(open_day):
    held = serving(open_day)
    open_day.press(c.HoldTicket)
    called, waits = calling(open_day), open_day.take()
    open_day.does(c.EndDay())
    assert [open_day.status(number) for number in (held, called, waits)] == ["closed"] * 3
    assert open_day.hall.open == {}
    assert open_day.hall.desks == {}
    assert open_day.does(c.EndDay()) == ()


def test_a_new_day_starts_once_with_no_tickets_and_every_desk_closed(open_day):
    calling(open_day)
    open_day.end()
    fresh = Hall(open_day.hall.office, open_day.hall.day, seq=1)
    assert open_day.hall == fresh
    assert open_day.does(c.StartDay()) == ()
    assert open_day.take() == "D001"


def test_a_new_day_remembers_how_long_service_took(open_day):
    calling(open_day)
    open_day.press(c.FinishService, after_s=300)
    *_, started = open_day.end()
    assert started.service_s == {"cards": (300.0,)}
    assert open_day.hall.service_s == {"cards": (300.0,)}


def test_a_clock_that_went_back_a_day_starts_no_day_of_the_past(open_day):
    number = open_day.take()
    assert open_day.does(c.StartDay(), after_s=-86400) == ()
    assert open_day.take() == "D002"
    assert open_day.status(number) == "waiting"


def test_a_clock_that_jumps_from_1970_to_today_ends_the_day_of_1970():
    day = Day(starts=MORNING.replace(year=1970))
    assert [day.take(), day.take()] == ["D001", "D002"]
    assert not day.hall.is_over(day.now)
    assert day.hall.is_over(MORNING)


def test_every_command_has_a_decision():
    assert set(DECISIONS) == set(get_args(c.Command))

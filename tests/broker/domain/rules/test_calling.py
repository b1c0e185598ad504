"""Calling the next, a given number, and what a key that bounces must not do."""

from dataclasses import replace

import pytest

from broker.domain import commands as c
from tests.broker.domain.halls import Day, office
from tests.broker.domain.rules.asking import calling, names, refused_key, serving


def test_next_calls_the_first_in_line_and_says_why(open_day):
    first, second = open_day.take(), open_day.take("residence")
    (called,) = open_day.press(c.CallNext)
    assert (called.number, called.desk, called.call) == (first, "1", 1)
    assert called.reason == f"place 09:00: issued 09:00; next in line {second} at 09:00"
    assert open_day.hall.ticket_at("1") == open_day.hall.ticket(first)
    assert open_day.hall.ticket(first).called_at == open_day.now


def test_next_finishes_the_ticket_being_served_and_the_one_only_called(open_day):
    served, called = serving(open_day), open_day.take()
    assert names(open_day.press(c.CallNext)) == ["ServiceFinished", "TicketCalled"]
    assert open_day.status(served) == "served"
    assert names(open_day.press(c.CallNext)) == ["ServiceFinished"]
    assert open_day.status(called) == "served"
    assert refused_key(open_day, c.CallNext) == "nothing_waiting"


def test_two_desks_that_press_next_at_the_same_moment_call_two_residents(open_day):
    first, second = open_day.take(), open_day.take()
    (one,) = open_day.press(c.CallNext, "1")
    (two,) = open_day.press(c.CallNext, "2", after_s=0)
    assert (one.number, two.number) == (first, second)


@pytest.mark.parametrize("after_s", [0, 0.05, 1.99])
def test_a_key_that_bounces_calls_one_resident(open_day, after_s):
    open_day.take()
    waits = open_day.take()
    open_day.press(c.CallNext)
    assert refused_key(open_day, c.CallNext, after_s=after_s) == "too_soon"
    assert open_day.status(waits) == "waiting"


def test_a_clerk_may_call_again_after_two_seconds(open_day):
    open_day.take()
    second = open_day.take()
    open_day.press(c.CallNext)
    open_day.press(c.CallNext, after_s=2)
    assert open_day.status(second) == "called"


def test_a_clock_that_went_back_blocks_no_desk(open_day):
    open_day.take()
    second = open_day.take()
    open_day.press(c.CallNext)
    open_day.press(c.CallNext, after_s=-3600)
    assert open_day.status(second) == "called"


def test_a_desk_has_a_double_press_of_its_own(open_day):
    open_day.take()
    second = open_day.take()
    open_day.press(c.CallNext, "1")
    open_day.press(c.CallNext, "2", after_s=0.1)
    assert open_day.status(second) == "called"


def test_a_clerk_may_call_a_given_number_out_of_turn_and_the_reason_says_so(open_day):
    first, second = open_day.take(), open_day.take("business")
    (called,) = open_day.press(c.CallNumber, number=second)
    assert called.reason == f"out of turn: desk 1 asked for {second}"
    assert open_day.status(first) == "waiting"


def test_a_number_called_out_of_turn_finishes_the_ticket_being_served(open_day):
    served, other = serving(open_day), open_day.take()
    assert names(open_day.press(c.CallNumber, number=other)) == ["ServiceFinished", "TicketCalled"]
    assert open_day.status(served) == "served"


def test_a_number_that_does_not_wait_can_not_be_called(open_day):
    number = calling(open_day)
    assert refused_key(open_day, c.CallNumber, "2", number=number) == "illegal_move"
    assert refused_key(open_day, c.CallNumber, "1", number=number) == "illegal_move"
    open_day.press(c.FinishService)
    assert refused_key(open_day, c.CallNumber, number=number) == "illegal_move"


def test_an_office_that_keeps_the_order_calls_no_given_numbers():
    day = Day(replace(office(), call_by_number=False))
    day.press(c.OpenDesk)
    assert refused_key(day, c.CallNumber, number=day.take()) == "not_allowed"


def test_a_clock_that_is_set_back_lets_nobody_overtake_those_who_wait():
    day = Day()
    first = day.take()
    day.take(after_s=-3600)
    day.press(c.OpenDesk)
    (called,) = day.press(c.CallNext)
    assert called.number == first

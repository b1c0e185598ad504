"""Calls without a press: a desk that pressed NEXT while nobody waited gets the next arrival, if the office wants it."""

import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.refusals import Refused
from tests.broker.domain.halls import Day, office


@pytest.fixture
def day():
    """Return a day of an office that calls by itself, with desks 1 and 2 open."""
    its = Day(office(auto_call=True))
    its.press(c.OpenDesk, "1")
    its.press(c.OpenDesk, "2")
    return its


def calls(events):
    return [(event.number, event.desk) for event in events if isinstance(event, e.TicketCalled)]


def test_the_next_arrival_is_called_to_the_desk_that_asked(day):
    day.press(c.CallNext)
    assert day.hall.desks["1"].ready_at
    assert calls(day.does(c.IssueTicket("cards"))) == [("D001", "1")]
    assert calls(day.does(c.IssueTicket("cards"))) == [], "one press calls one resident"


def test_without_the_offices_wish_nobody_is_called_without_a_press():
    day = Day(office(auto_call=False))
    day.press(c.OpenDesk)
    with pytest.raises(Refused, match="nobody waits"):
        day.press(c.CallNext)
    assert calls(day.does(c.IssueTicket("cards"))) == []


def test_the_desk_that_is_ready_longest_comes_first(day):
    day.press(c.CallNext, "2")
    day.press(c.CallNext, "1")
    assert calls(day.does(c.IssueTicket("cards"))) == [("D001", "2")]
    assert calls(day.does(c.IssueTicket("cards"))) == [("D002", "1")]


def test_an_arrival_that_the_desk_does_not_take_leaves_it_ready(day):
    day.press(c.CallNext, "1")
    assert calls(day.does(c.IssueTicket("business"))) == []
    assert day.hall.desks["1"].ready_at


def test_next_while_serving_finishes_the_resident_and_makes_the_desk_ready(day):
    day.take()
    day.press(c.CallNext)
    events = day.press(c.CallNext)
    assert [type(event) for event in events] == [e.ServiceFinished, e.DeskReady]
    assert calls(day.does(c.IssueTicket("cards"))) == [("D002", "1")]


def test_a_second_next_of_a_ready_desk_changes_nothing(day):
    day.press(c.CallNext)
    assert day.press(c.CallNext) == ()


@pytest.mark.parametrize("key", [c.PauseDesk, c.CloseDesk])
def test_a_clerk_who_leaves_gets_nobody(day, key):
    day.press(c.CallNext)
    day.press(key)
    assert calls(day.does(c.IssueTicket("cards"))) == []


def test_a_transferred_resident_is_called_at_once_by_a_desk_that_is_ready(day):
    day.take()
    day.press(c.CallNext, "1")
    day.press(c.CallNext, "2")
    assert calls(day.press(c.TransferTicket, "1", to_desk="2")) == [("D001", "2")]


def test_a_resumed_resident_is_called_at_once_by_a_desk_that_is_ready(day):
    day.take()
    day.press(c.CallNext, "1")
    day.press(c.StartService, "1")
    day.press(c.HoldTicket, "1")
    day.press(c.CallNext, "2")
    assert calls(day.press(c.ResumeTicket, "1", number="D001")) == [("D001", "2")]


def test_undo_of_an_automatic_call_does_not_call_the_same_resident_again(day):
    day.press(c.CallNext)
    day.does(c.IssueTicket("cards"))
    assert calls(day.press(c.Undo, after_s=3)) == []
    assert day.status("D001") == "waiting"
    assert not day.hall.desks["1"].ready_at


def test_a_call_taken_back_goes_to_another_desk_that_is_ready(day):
    day.take()
    day.press(c.CallNext, "1")
    day.press(c.CallNext, "2", 3)
    assert calls(day.press(c.Undo, "1", 3)) == [("D001", "2")]


def test_next_pressed_in_the_moment_of_an_automatic_call_skips_nobody(day):
    day.press(c.CallNext)
    day.does(c.IssueTicket("cards"))
    with pytest.raises(Refused, match="ago"):
        day.press(c.CallNext, after_s=1)
    assert day.hall.ticket_at("1").number == "D001"


def test_every_resident_of_a_closing_desk_finds_a_ready_one():
    day = Day(office(auto_call=True))
    for desk in ("1", "2", "3"):
        day.press(c.OpenDesk, desk)
    day.take("business")
    day.press(c.CallNext, "3")
    day.press(c.TransferTicket, "3", to_desk="1")
    day.press(c.CallNext, "3")
    assert calls(day.press(c.CloseDesk, "1")) == [("B001", "3")]


def on_hold_and_ready(day):
    """Have desk 1 put its resident aside and ask for the next, and return the number."""
    number = day.take()
    day.press(c.CallNext)
    day.press(c.StartService)
    day.press(c.HoldTicket)
    day.press(c.CallNext)
    return number


def test_undo_of_a_key_that_called_somebody_to_the_desk_at_once_takes_both_back(day):
    number = on_hold_and_ready(day)
    assert calls(day.press(c.ResumeTicket, number=number)) == [(number, "1")]
    wall = day.hall.calls
    day.press(c.Undo, after_s=3)
    assert day.status(number) == "on_hold"
    assert [call.call for call in wall] == [2, 1]
    assert [call.call for call in day.hall.calls] == [1]


def test_a_pause_that_was_a_mistake_leaves_the_desk_ready_for_whoever_came_meanwhile(day):
    day.press(c.CallNext)
    day.press(c.PauseDesk)
    day.does(c.IssueTicket("cards"), 2)
    assert calls(day.press(c.Undo, after_s=2)) == [("D001", "1")]


def test_a_paused_desk_that_asks_for_the_next_is_back(day):
    day.press(c.PauseDesk)
    day.press(c.CallNext)
    assert not day.hall.desks["1"].paused
    assert calls(day.does(c.IssueTicket("cards"))) == [("D001", "1")]

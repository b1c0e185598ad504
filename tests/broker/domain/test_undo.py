"""Taking back the last key of a desk: the wall, the numbers, the desk."""

from datetime import timedelta

import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.hall import Hall
from broker.domain.refusals import Refused
from broker.domain.rules import tickets as ticket_rules
from tests.broker.domain.halls import Day, office


@pytest.fixture
def day():
    """Return a day with desks 1 and 2 open."""
    its = Day()
    its.press(c.OpenDesk, "1")
    its.press(c.OpenDesk, "2")
    return its


def refused(day, key=c.Undo, at_desk="1", after_s=5, client=None):
    before = day.hall
    with pytest.raises(Refused) as no:
        day.press(key, at_desk, after_s, client)
    assert day.hall is before
    return no.value.code


def picture(hall):
    """Return all that people see of a hall: who waits where, the desks, the wall, the forecast's times."""
    times = {category: took for category, took in hall.service_s.items() if took}
    tickets = {ticket.order: ticket for ticket in (*hall.open.values(), *hall.ended.values())}
    return tickets, dict(hall.desks), hall.calls, dict(hall.lines), times


KEYS = {
    "next": lambda day: day.press(c.CallNext),
    "call": lambda day: day.press(c.CallNumber, number="D003"),
    "start": lambda day: day.press(c.StartService),
    "finish": lambda day: day.press(c.FinishService),
    "no_show": lambda day: day.press(c.MarkNoShow),
    "transfer": lambda day: day.press(c.TransferTicket, to_desk="2"),
    "transfer of a waiting number": lambda day: day.press(c.TransferTicket, to_desk="2", number="D003"),
    "hold of a waiting number": lambda day: day.press(c.HoldTicket, number="D003"),
    "pause": lambda day: day.press(c.PauseDesk),
    "close": lambda day: day.press(c.CloseDesk),
}


@pytest.mark.parametrize("key", KEYS)
def test_undo_leaves_the_hall_as_it_was_before_the_key(day, key):
    day.take()
    day.take()
    day.take()
    day.press(c.CallNext)
    before = picture(day.hall)
    KEYS[key](day)
    assert picture(day.hall) != before
    day.press(c.Undo, after_s=9)
    assert picture(day.hall) == before


def test_a_resident_who_was_served_when_the_clerk_pressed_next_by_mistake_is_served_again(day):
    served, other = day.take(), day.take()
    day.press(c.CallNext)
    day.press(c.StartService)
    day.press(c.CallNext)
    assert (day.status(served), day.status(other)) == ("served", "called")
    events = day.press(c.Undo)
    assert (day.status(served), day.status(other)) == ("serving", "waiting")
    assert [type(event) for event in events] == [e.TicketRestored, e.TicketRestored, e.DeskRestored]
    assert events[1].number == served, "the ticket at the desk is named last"


def test_undo_takes_the_call_and_its_recalls_off_the_wall_and_its_call_number_is_not_used_again(day):
    day.take()
    day.take()
    day.press(c.CallNext, "2")
    day.press(c.CallNext)
    day.press(c.Recall, after_s=3)
    assert [call.number for call in day.hall.calls] == ["D002", "D002", "D001"]
    day.press(c.Undo, after_s=3)
    assert [call.number for call in day.hall.calls] == ["D001"]
    day.press(c.CallNext)
    assert [(call.call, call.number) for call in day.hall.calls] == [(4, "D002"), (1, "D001")]


def test_next_may_be_pressed_again_right_after_undo(day):
    day.take()
    day.press(c.CallNext)
    day.press(c.Undo, after_s=0.5)
    assert day.press(c.CallNext, after_s=0.5)[0].number == "D001"


def test_the_number_goes_back_to_its_old_place_in_the_line(day):
    first, second = day.take(), day.take()
    day.press(c.CallNext)
    day.take()
    day.press(c.Undo, after_s=0)
    assert [ticket.number for ticket in day.hall.front()][:2] == [first, second]


def test_undo_comes_too_late_after_the_offices_time(day):
    day.take()
    day.press(c.CallNext)
    assert refused(day, after_s=10.5) == "illegal_move"


def test_undo_works_once_and_only_for_the_last_key(day):
    day.take()
    day.press(c.CallNext)
    day.press(c.StartService, after_s=2)
    day.press(c.Undo, after_s=2)
    assert day.status("D001") == "called"
    assert refused(day, after_s=1) == "illegal_move"


def test_a_desk_that_did_nothing_has_nothing_to_take_back(day):
    assert refused(day) == "illegal_move"
    assert refused(day, at_desk="3") == "desk_closed"
    assert refused(day, at_desk="9") == "unknown_desk"


def test_another_terminal_cannot_take_back_what_this_clerk_did(day):
    day.take()
    day.press(c.CallNext)
    assert refused(day, client="desk-2") == "desk_taken"


def test_a_transferred_resident_who_was_called_elsewhere_is_not_taken_back(day):
    day.take()
    day.press(c.CallNext)
    day.press(c.TransferTicket, to_desk="2", after_s=2)
    day.press(c.CallNext, "2", after_s=2)
    assert refused(day, after_s=2) == "illegal_move"
    assert day.hall.ticket_at("2").number == "D001"


def test_a_held_resident_whom_another_desk_lets_wait_again_is_not_taken_back(day):
    day.take()
    day.press(c.CallNext)
    day.press(c.StartService)
    day.press(c.HoldTicket)
    day.press(c.ResumeTicket, "2", 2, number="D001")
    assert refused(day, after_s=2) == "illegal_move"


def test_a_desk_closed_by_mistake_is_open_again_with_its_resident(day):
    day.take()
    day.press(c.CallNext)
    day.press(c.StartService)
    day.press(c.CloseDesk)
    assert "1" not in day.hall.desks
    day.press(c.Undo, after_s=3)
    assert day.hall.ticket_at("1").number == "D001"
    assert day.status("D001") == "serving"


def test_what_was_done_before_a_pause_is_not_taken_back_after_it(day):
    day.take()
    day.press(c.CallNext)
    day.press(c.PauseDesk, after_s=2)
    day.press(c.OpenDesk, after_s=2)
    assert refused(day, after_s=2) == "illegal_move"


def test_a_ticket_sent_to_a_desk_that_closed_meanwhile_waits_for_its_matter_again(day):
    day.take("cards")
    day.press(c.CallNext)
    day.press(c.TransferTicket, to_desk="2")
    day.press(c.TransferTicket, to_category="residence", number="D001")
    day.press(c.CloseDesk, "2", 2)
    day.press(c.Undo, after_s=2)
    assert day.hall.ticket("D001").desk is None
    assert day.press(c.CallNext)[-1].number == "D001"


def test_a_number_that_was_given_out_again_meanwhile_is_not_taken_back(monkeypatch):
    monkeypatch.setattr(ticket_rules, "LAST_NUMBER", 1)
    day = Day()
    day.press(c.OpenDesk)
    day.take()
    day.press(c.CallNext)
    day.press(c.FinishService)
    day.take(after_s=1)
    assert refused(day, after_s=1) == "illegal_move"


def test_what_was_printed_meanwhile_stays_printed(day):
    day.take()
    day.press(c.CallNext)
    day.does(c.ReportPrint("D001", "printed"), 1)
    day.press(c.Undo, after_s=1)
    assert day.hall.ticket("D001").printed == "printed"


def test_an_undone_service_does_not_count_for_the_forecast_but_those_of_others_do(day):
    for _ in range(3):
        day.take()
    day.press(c.CallNext)
    day.press(c.CallNext, "2")
    day.press(c.FinishService, after_s=100)
    day.press(c.FinishService, "2", 5)
    day.press(c.Undo, after_s=2)
    assert day.hall.service_s["cards"] == (105.0,)


def test_the_office_decides_how_long_a_key_may_be_taken_back():
    day = Day(office(undo_s=60))
    day.press(c.OpenDesk)
    day.take()
    day.press(c.CallNext)
    day.press(c.Undo, after_s=59)
    assert day.status("D001") == "waiting"


def test_the_log_alone_gives_the_same_hall_after_an_undo(day):
    for _ in range(3):
        day.take()
    day.press(c.CallNext)
    day.press(c.CallNext)
    day.press(c.Undo)
    assert Hall(day.hall.office).after(*day.events) == day.hall


def test_a_clock_that_was_set_back_does_not_make_an_old_key_young(day):
    day.take()
    day.press(c.CallNext)
    day.now -= timedelta(hours=1)
    assert refused(day, after_s=0) == "illegal_move"


def test_a_resident_whom_another_desk_put_aside_meanwhile_stays_aside(day):
    number = day.take()
    day.press(c.HoldTicket, number=number)
    day.press(c.ResumeTicket, "2", 2, number=number)
    day.press(c.HoldTicket, "2", 2, number=number)
    assert refused(day, after_s=2) == "illegal_move"
    assert day.status(number) == "on_hold"


def test_a_resident_whom_another_desk_sent_on_meanwhile_goes_on(day):
    number = day.take()
    day.press(c.HoldTicket, number=number)
    day.press(c.ResumeTicket, number=number)
    day.press(c.TransferTicket, "2", 2, to_category="residence", number=number)
    assert refused(day, after_s=2) == "illegal_move"
    assert day.hall.ticket(number).category == "residence"


def test_what_another_desk_did_and_took_back_itself_is_no_hindrance(day):
    number = day.take()
    day.press(c.HoldTicket, number=number)
    day.press(c.ResumeTicket, "2", 2, number=number)
    day.press(c.Undo, "2", 2)
    day.press(c.Undo, after_s=2)
    assert day.status(number) == "waiting"


def sent_to_desk_2(day, matter="cards"):
    """Have desk 1 send a resident to desk 2 alone, and return the number."""
    number = day.take(matter)
    day.press(c.TransferTicket, to_desk="2", number=number)
    return number


def test_whoever_waited_for_a_desk_that_was_closed_by_mistake_waits_for_it_again(day):
    first, second = sent_to_desk_2(day), sent_to_desk_2(day, "residence")
    day.press(c.CloseDesk, "2")
    assert [day.hall.ticket(number).desk for number in (first, second)] == [None, None]
    day.press(c.Undo, "2", 3)
    assert [day.hall.ticket(number).desk for number in (first, second)] == ["2", "2"]


def test_whoever_was_called_elsewhere_meanwhile_does_not_keep_the_desk_closed(day):
    first, second = sent_to_desk_2(day), sent_to_desk_2(day)
    day.press(c.CloseDesk, "2")
    day.press(c.CallNext, after_s=2)
    day.press(c.Undo, "2", 2)
    assert day.hall.ticket_at("1").number == first
    assert day.hall.ticket(second).desk == "2"

"""A clerk sits down at a desk, leaves for a while, leaves."""

import pytest

from broker.domain import commands as c
from tests.broker.domain.halls import Day, category, desk, office
from tests.broker.domain.rules.asking import calling, names, refused_key, serving


def test_a_clerk_opens_a_desk_once(day):
    assert names(day.press(c.OpenDesk)) == ["DeskOpened"]
    assert day.press(c.OpenDesk) == ()


def test_a_second_terminal_can_not_take_a_desk_where_a_clerk_sits(open_day):
    for key in (c.OpenDesk, c.PauseDesk, c.CallNext, c.Recall, c.StartService, c.FinishService, c.MarkNoShow):
        assert refused_key(open_day, key, client="desk-9") == "desk_taken"
    for key in (c.HoldTicket, c.TransferTicket):
        assert refused_key(open_day, key, client="desk-9") == "desk_taken"
    for key in (c.ResumeTicket, c.CallNumber):
        assert refused_key(open_day, key, client="desk-9", number="D001") == "desk_taken"


def test_a_desk_whose_terminal_broke_can_be_closed_and_taken_over_by_another(open_day):
    open_day.press(c.CloseDesk, client="desk-9")
    open_day.press(c.OpenDesk, client="desk-9")
    assert open_day.hall.desks["1"].client == "desk-9"


@pytest.mark.parametrize("key", [c.PauseDesk, c.CallNext, c.Recall, c.StartService, c.FinishService, c.MarkNoShow])
def test_a_key_at_a_closed_desk_is_refused(day, key):
    day.take()
    assert refused_key(day, key) == "desk_closed"


def test_holding_transferring_and_calling_by_number_need_an_open_desk(day):
    number = day.take()
    assert refused_key(day, c.HoldTicket) == "desk_closed"
    assert refused_key(day, c.TransferTicket, to_desk="2") == "desk_closed"
    assert refused_key(day, c.ResumeTicket, number=number) == "desk_closed"
    assert refused_key(day, c.CallNumber, number=number) == "desk_closed"


def test_a_desk_that_does_not_exist_is_unknown(day):
    for key in (c.OpenDesk, c.CloseDesk, c.PauseDesk, c.CallNext, c.Recall, c.StartService, c.FinishService):
        assert refused_key(day, key, "99") == "unknown_desk"
    for key in (c.MarkNoShow, c.HoldTicket, c.TransferTicket):
        assert refused_key(day, key, "99") == "unknown_desk"
    for key in (c.ResumeTicket, c.CallNumber):
        assert refused_key(day, key, "99", number="D001") == "unknown_desk"


def test_a_desk_closed_twice_is_closed(open_day):
    assert names(open_day.press(c.CloseDesk)) == ["DeskClosed"]
    assert open_day.press(c.CloseDesk) == ()


@pytest.mark.parametrize(("key", "event"), [(c.CloseDesk, "DeskClosed"), (c.PauseDesk, "DeskPaused")])
def test_a_clerk_who_leaves_has_finished_with_the_resident(open_day, key, event):
    number = serving(open_day)
    assert names(open_day.press(key)) == ["ServiceFinished", event]
    assert open_day.status(number) == "served"


def test_a_paused_desk_says_why_and_comes_back_by_its_open_key(open_day):
    open_day.press(c.PauseDesk, reason="przerwa")
    assert (open_day.hall.desks["1"].paused, open_day.hall.desks["1"].pause_reason) == (True, "przerwa")
    assert names(open_day.press(c.OpenDesk)) == ["DeskOpened"]
    assert (open_day.hall.desks["1"].paused, open_day.hall.desks["1"].pause_reason) == (False, None)


def test_a_paused_desk_that_calls_is_back(open_day):
    open_day.press(c.PauseDesk, reason="przerwa")
    assert refused_key(open_day, c.CallNext) == "nothing_waiting"
    assert open_day.hall.desks["1"].paused
    calling(open_day)
    assert not open_day.hall.desks["1"].paused


def test_whoever_was_sent_to_a_desk_that_closes_goes_back_to_the_line_of_the_matter():
    day = Day(office([category("cards", "D")], [desk("1", "cards"), desk("2", "cards")]))
    day.press(c.OpenDesk, "1")
    day.press(c.OpenDesk, "2")
    number = day.take()
    day.press(c.CallNext, "1")
    day.press(c.TransferTicket, "1", to_desk="2")
    day.press(c.CloseDesk, "2")
    day.press(c.CallNext, "1")
    assert day.hall.ticket_at("1") == day.hall.ticket("D001"), number

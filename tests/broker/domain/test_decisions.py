"""What each command makes happen in the hall, and every rule that says no."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from broker.contract.messages import ErrorCode
from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.decisions import DECISIONS
from broker.domain.hall import Hall
from broker.domain.hours import Hours, span
from broker.domain.refusals import Refused
from tests.broker.domain.halls import MORNING, Day, category, desk, office


def refusal(day, command, after_s=10):
    """Carry out a command that is refused, and return the code; nothing has changed."""
    before, day.now = day.hall, day.now + timedelta(seconds=after_s)
    with pytest.raises(Refused) as refused:
        day.hall.decide(command, day.now)
    assert day.hall is before
    assert refused.value.code in get_args(ErrorCode)
    assert str(refused.value), "the message is the facts"
    return refused.value.code


def refused_key(day, key, at_desk="1", client=None, after_s=10, **fields):
    return refusal(day, key(at_desk, client or f"desk-{at_desk}", **fields), after_s)


def names(events):
    return [type(event).__name__ for event in events]


@pytest.fixture
def day():
    return Day()


@pytest.fixture
def open_day(day):
    """Return a day with desks 1 and 2 open."""
    day.press(c.OpenDesk, "1")
    day.press(c.OpenDesk, "2")
    return day


def calling(day, number=None):
    """Have desk 1 call a ticket, and return its number."""
    number = number or day.take()
    day.press(c.CallNext)
    assert day.status(number) == "called"
    return number


def serving(day):
    number = calling(day)
    day.press(c.StartService)
    return number


# -- tickets -----------------------------------------------------------------------------------------------------------


def test_a_resident_gets_the_letter_of_the_matter_and_the_next_number(day):
    assert [day.take("cards"), day.take("cards"), day.take("business"), day.take("cards")] == [
        "D001",
        "D002",
        "B001",
        "D003",
    ]


def test_a_ticket_keeps_what_the_resident_chose(day):
    (issued,) = day.does(c.IssueTicket("cards", "child", "uk"))
    ticket = day.hall.ticket("D001")
    assert issued == e.TicketIssued(day.now, 1, "D001", "cards", day.now, "child", "uk")
    assert (ticket.priority, ticket.language, ticket.issued_at, ticket.anchor) == ("child", "uk", day.now, day.now)


def test_nobody_gets_a_ticket_for_a_matter_or_a_priority_that_does_not_exist(day):
    assert refusal(day, c.IssueTicket("tax")) == "unknown_category"
    assert refusal(day, c.IssueTicket("")) == "unknown_category"
    assert refusal(day, c.IssueTicket("cards", "mayor")) == "bad_request"


def test_nobody_gets_a_ticket_outside_the_hours_of_the_matter():
    day = Day(office((category("cards", "D", hours=Hours({"mon": (span("09:00-09:30"),)})),), (desk("1", "cards"),)))
    day.take()
    assert refusal(day, c.IssueTicket("cards"), after_s=30 * 60) == "category_closed"


def test_the_daily_limit_counts_tickets_given_out_not_residents_still_here():
    day = Day(office((category("cards", "D", daily_limit=2), category("business", "B")), (desk("1", "cards"),)))
    day.take()
    day.does(c.CancelTicket("D001"))
    day.take()
    assert refusal(day, c.IssueTicket("cards")) == "category_full"
    assert day.take("business") == "B001"
    day.end()
    assert day.take() == "D001"


def test_numbers_start_again_after_999_and_skip_those_still_in_use(day):
    day.take()
    for _ in range(998):
        day.does(c.CancelTicket(day.take()))
    assert day.take() == "D002", "D001 still waits"
    day.does(c.CancelTicket("D002"))
    assert day.take() == "D003", "D002 has just been somebody else's"
    assert day.hall.ticket("D002").order == 1000
    assert day.status("D001") == "waiting"


def test_a_matter_whose_999_numbers_all_wait_is_full(day):
    for _ in range(999):
        day.take(after_s=0)
    assert refusal(day, c.IssueTicket("cards")) == "category_full"
    day.does(c.CancelTicket("D500"))
    assert day.take() == "D500"


def test_the_kiosk_reports_what_became_of_the_paper(day):
    number = day.take()
    day.does(c.ReportPrint(number, "failed", "no paper"))
    assert day.hall.ticket(number).printed == "failed"
    day.does(c.ReportPrint(number, "printed"))
    assert day.hall.ticket(number).printed == "printed"


def test_paper_that_comes_out_late_is_still_reported(open_day):
    number = open_day.take()
    open_day.does(c.CancelTicket(number))
    open_day.does(c.ReportPrint(number, "printed"))
    assert (open_day.hall.ticket(number).printed, open_day.status(number)) == ("printed", "cancelled")


def test_a_number_that_nobody_has_today_is_unknown(open_day):
    assert refusal(open_day, c.ReportPrint("D001", "printed")) == "unknown_ticket"
    assert refusal(open_day, c.CancelTicket("D001")) == "unknown_ticket"
    assert refused_key(open_day, c.CallNumber, number="D001") == "unknown_ticket"
    assert refused_key(open_day, c.ResumeTicket, number="D001") == "unknown_ticket"


def test_a_waiting_resident_may_give_the_ticket_back_and_is_not_called(open_day):
    number = open_day.take()
    open_day.does(c.CancelTicket(number))
    assert (open_day.status(number), open_day.hall.ticket(number).ended_at) == ("cancelled", open_day.now)
    assert refused_key(open_day, c.CallNext) == "nothing_waiting"


def test_a_ticket_that_is_called_held_or_ended_can_not_be_given_back(open_day):
    called = calling(open_day)
    assert refusal(open_day, c.CancelTicket(called)) == "illegal_move"
    open_day.press(c.StartService)
    assert refusal(open_day, c.CancelTicket(called)) == "illegal_move"
    open_day.press(c.HoldTicket)
    assert refusal(open_day, c.CancelTicket(called)) == "illegal_move"
    open_day.press(c.ResumeTicket, number=called)
    open_day.does(c.CancelTicket(called))
    assert refusal(open_day, c.CancelTicket(called)) == "illegal_move"


# -- the wall ----------------------------------------------------------------------------------------------------------


def test_the_first_wall_that_shows_a_call_is_noted_once(open_day):
    calling(open_day)
    (shown,) = open_day.does(c.ConfirmShown(1, "display-1"))
    assert shown == e.CallShown(open_day.now, 1, "display-1")
    assert open_day.does(c.ConfirmShown(1, "display-2")) == ()
    assert open_day.hall.shown == {1}


def test_a_call_that_was_never_made_can_not_have_been_shown(open_day):
    calling(open_day)
    for call in (-1, 0, 2):
        assert refusal(open_day, c.ConfirmShown(call, "display-1")) == "bad_request"


def test_a_call_that_has_left_the_wall_is_not_noted_any_more(open_day):
    for _ in range(13):
        calling(open_day)
    assert open_day.does(c.ConfirmShown(1, "display-1")) == ()
    assert names(open_day.does(c.ConfirmShown(2, "display-1"))) == ["CallShown"]


# -- opening and closing -----------------------------------------------------------------------------------------------


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


# -- calling -----------------------------------------------------------------------------------------------------------


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


# -- at the desk -------------------------------------------------------------------------------------------------------


def test_a_resident_is_recalled_three_times_and_then_did_not_come(open_day):
    number = calling(open_day)
    for call in (2, 3, 4):
        (recalled,) = open_day.press(c.Recall)
        assert (recalled.number, recalled.call) == (number, call)
    assert names(open_day.press(c.Recall)) == ["TicketNoShow"]
    assert (open_day.status(number), open_day.hall.ticket_at("1")) == ("no_show", None)


def test_the_wall_shows_the_newest_twelve_calls_and_recalls(open_day):
    for _ in range(7):
        calling(open_day)
        open_day.press(c.Recall)
    assert [call.call for call in open_day.hall.calls] == list(range(14, 2, -1))
    assert [call.kind for call in open_day.hall.calls[:2]] == ["recall", "call"]


def test_the_life_at_a_desk_is_called_serving_served(open_day):
    number = calling(open_day)
    open_day.press(c.StartService)
    assert (open_day.status(number), open_day.hall.ticket(number).started_at) == ("serving", open_day.now)
    open_day.press(c.FinishService)
    assert (open_day.status(number), open_day.hall.ticket_at("1")) == ("served", None)


def test_a_called_resident_who_does_not_come_frees_the_desk(open_day):
    number = calling(open_day)
    open_day.press(c.MarkNoShow)
    assert (open_day.status(number), open_day.hall.ticket_at("1")) == ("no_show", None)


@pytest.mark.parametrize(
    "key", [c.Recall, c.StartService, c.FinishService, c.MarkNoShow, c.HoldTicket, c.TransferTicket]
)
def test_a_desk_without_a_ticket_has_nothing_to_recall_start_finish_or_send_on(open_day, key):
    assert refused_key(open_day, key) == "illegal_move"


@pytest.mark.parametrize("key", [c.Recall, c.StartService, c.MarkNoShow])
def test_a_resident_being_served_is_neither_recalled_nor_started_again_nor_missing(open_day, key):
    serving(open_day)
    assert refused_key(open_day, key) == "illegal_move"


def test_a_resident_who_was_only_called_can_not_be_put_on_hold(open_day):
    calling(open_day)
    assert refused_key(open_day, c.HoldTicket) == "illegal_move"


def test_a_resident_on_hold_frees_the_desk_and_comes_back_to_the_old_place(open_day):
    held, other = serving(open_day), open_day.take()
    open_day.press(c.HoldTicket)
    assert (open_day.status(held), open_day.hall.ticket_at("1")) == ("on_hold", None)
    open_day.press(c.ResumeTicket, number=held)
    (called,) = open_day.press(c.CallNext)
    assert called.number == held, f"before {other}, who came later"


def test_only_a_ticket_on_hold_can_be_resumed(open_day):
    number = open_day.take()
    assert refused_key(open_day, c.ResumeTicket, number=number) == "illegal_move"
    calling(open_day, number)
    assert refused_key(open_day, c.ResumeTicket, number=number) == "illegal_move"


# -- transfers ---------------------------------------------------------------------------------------------------------


def test_a_resident_sent_to_another_matter_keeps_number_and_place(open_day):
    open_day.press(c.OpenDesk, "3")
    waits = open_day.take("business")
    sent = serving(open_day)
    later = open_day.take("business")
    open_day.press(c.TransferTicket, to_category="business")
    ticket = open_day.hall.ticket(sent)
    assert (ticket.status, ticket.category, ticket.desk, open_day.hall.ticket_at("1")) == (
        "waiting",
        "business",
        None,
        None,
    )
    assert [open_day.press(c.CallNext, "3")[-1].number for _ in range(3)] == [waits, sent, later]


def test_a_resident_sent_to_one_desk_is_called_there_and_nowhere_else(open_day):
    sent = serving(open_day)
    open_day.press(c.TransferTicket, to_desk="2")
    assert refused_key(open_day, c.CallNext, "1") == "nothing_waiting"
    open_day.press(c.CallNext, "2")
    assert open_day.hall.ticket_at("2") == open_day.hall.ticket(sent)


def test_a_resident_called_again_after_a_transfer_has_not_been_started_there(open_day):
    sent = calling(open_day)
    open_day.press(c.Recall)
    open_day.press(c.StartService)
    open_day.press(c.TransferTicket, to_desk="2")
    open_day.press(c.CallNext, "2")
    ticket = open_day.hall.ticket(sent)
    assert (ticket.called_at, ticket.started_at, ticket.recalls) == (open_day.now, None, 0)


def test_a_called_resident_may_be_sent_on_before_service_begins(open_day):
    sent = calling(open_day)
    open_day.press(c.TransferTicket, to_desk="2")
    assert open_day.status(sent) == "waiting"


@pytest.mark.parametrize("target", [{}, {"to_category": "cards", "to_desk": "2"}])
def test_a_transfer_has_one_target(open_day, target):
    serving(open_day)
    assert refused_key(open_day, c.TransferTicket, **target) == "bad_request"


def test_a_resident_is_not_sent_to_what_does_not_exist(open_day):
    serving(open_day)
    assert refused_key(open_day, c.TransferTicket, to_desk="99") == "unknown_desk"
    assert refused_key(open_day, c.TransferTicket, to_category="tax") == "unknown_category"


def test_a_resident_is_not_sent_to_a_desk_where_nobody_sits(open_day):
    serving(open_day)
    assert refused_key(open_day, c.TransferTicket, to_desk="3") == "target_unavailable"
    open_day.press(c.PauseDesk, "2")
    assert refused_key(open_day, c.TransferTicket, to_desk="2") == "target_unavailable"


def test_a_resident_is_not_sent_to_a_matter_that_nobody_serves_now(open_day):
    serving(open_day)
    open_day.press(c.PauseDesk, "2")
    assert refused_key(open_day, c.TransferTicket, to_category="business") == "target_unavailable"
    open_day.press(c.OpenDesk, "2")
    open_day.press(c.TransferTicket, to_category="business")
    assert open_day.hall.ticket("D001").category == "business"


def test_a_resident_is_not_sent_to_a_matter_after_its_hours():
    early = category("business", "B", hours=Hours({"mon": (span("07:00-08:00"),)}))
    day = Day(office((category("cards", "D"), early), (desk("1", "cards", "business"),)))
    day.press(c.OpenDesk)
    serving(day)
    assert refused_key(day, c.TransferTicket, to_category="business") == "target_unavailable"


# -- the day -----------------------------------------------------------------------------------------------------------


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


def test_a_clock_that_is_set_back_lets_nobody_overtake_those_who_wait():
    day = Day()
    first = day.take()
    day.take(after_s=-3600)
    day.press(c.OpenDesk)
    (called,) = day.press(c.CallNext)
    assert called.number == first

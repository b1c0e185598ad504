"""Taking a ticket, its paper, giving it back, and its call on the wall."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.hours import Hours, span
from tests.broker.domain.halls import Day, category, desk, office
from tests.broker.domain.rules.asking import calling, names, refusal, refused_key


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


# -- the wall ---------------------------------------------------------------------------------------------------------


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

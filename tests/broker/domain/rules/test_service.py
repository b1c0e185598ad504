"""At the desk: the resident came or did not, has left, will come back, or goes on elsewhere."""

import pytest

from broker.domain import commands as c
from broker.domain.hours import Hours, span
from tests.broker.domain.halls import Day, category, desk, office
from tests.broker.domain.rules.asking import calling, names, refused_key, serving


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


# -- transfers --------------------------------------------------------------------------------------------------------


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

"""Requests become commands, and the hall becomes messages that every program can read."""

from datetime import timedelta

import msgspec
import pytest

from broker.contract import messages as m
from broker.domain import commands as c
from broker.domain.decisions import DECISIONS
from broker.domain.hall import Hall
from broker.domain.office_file import office_from_toml
from broker.translate import View, command
from tests.broker.conftest import MONDAY_MORNING, SAMPLE

OFFICE = office_from_toml(SAMPLE, "office.toml")
FIELDS = {"desk": "17", "number": "O001", "category": "fees", "result": "printed", "call": 1, "code": "482913"}


def hall_after(*commands, in_office=OFFICE):
    hall = Hall(in_office)
    for late, wish in enumerate((c.StartDay(), *commands)):
        hall = hall.after(*hall.decide(wish, MONDAY_MORNING + timedelta(minutes=late)))
    return hall


@pytest.mark.parametrize("verb", m.REQUESTS)
def test_every_verb_of_the_contract_is_a_command_that_the_hall_decides(verb):
    kind = m.REQUESTS[verb]
    fields = {name: FIELDS[name] for name in kind.__struct_fields__ if name in FIELDS}
    assert type(command("desk-17", verb, kind("r1", **fields))) in DECISIONS


def test_no_two_verbs_ask_for_the_same():
    kinds = {type(command("d", verb, kind("r", **{n: FIELDS[n] for n in kind.__struct_fields__ if n in FIELDS})))
             for verb, kind in m.REQUESTS.items()}  # fmt: skip
    assert len(kinds) == len(m.REQUESTS)


def test_a_request_keeps_its_words_on_the_way():
    assert command("kiosk-1", "ticket", m.TicketRequest("r", "fees", "elderly", "uk")) == c.IssueTicket(
        "fees", "elderly", "uk"
    )
    assert command("desk-17", "transfer", m.TransferRequest("r", "17", to_desk="19")) == c.TransferTicket(
        "17", "desk-17", None, "19"
    )
    assert command("desk-17", "pause", m.PauseRequest("r", "17", "przerwa")) == c.PauseDesk("17", "desk-17", "przerwa")
    assert command("wall-2", "shown", m.ShownRequest("r", 7)) == c.ConfirmShown(7, "wall-2")


def test_what_is_told_can_be_read_by_every_program():
    hall = hall_after(c.IssueTicket("fees"), c.OpenDesk("17", "desk-17"), c.CallNext("17", "desk-17"))
    view = View(hall)
    for message in (view.board(), view.menu(MONDAY_MORNING), view.desk_state("17"), view.desk("17")):
        assert msgspec.json.decode(m.encode(message), type=type(message)) == message


def test_times_are_told_in_the_offices_own_time():
    hall = hall_after(c.IssueTicket("fees"))
    assert View(hall).ticket(hall.open[1]).issued_at.isoformat() == "2026-11-23T09:31:00+01:00"


def test_a_booked_visit_is_asked_for_and_told_in_the_offices_own_time():
    booked_at = MONDAY_MORNING + timedelta(minutes=15)
    wish = command("kiosk-1", "ticket", m.TicketRequest("r", "fees", booked_at=booked_at))
    assert wish == c.IssueTicket("fees", booked_at=booked_at)
    hall = hall_after(wish, c.IssueTicket("fees"))
    booked, walk_in = (View(hall).ticket(hall.open[order]) for order in (1, 2))
    assert booked.booked_at.isoformat() == "2026-11-23T09:45:00+01:00"
    assert walk_in.booked_at is None
    assert (booked.ahead, walk_in.ahead) == (1, 0)


def test_a_matter_without_a_letter_counts_in_digits_alone_and_is_full_after_its_last_ticket():
    text = SAMPLE.replace('letter = "D"\n', "daily_limit = 1\n").replace("[office]\n", '[office]\ncommon_letter = ""\n')
    hall = hall_after(c.IssueTicket("id-cards"), in_office=office_from_toml(text, "office.toml"))
    cards = next(matter for matter in View(hall).menu(MONDAY_MORNING).categories if matter.id == "id-cards")
    assert (cards.letter, cards.full, cards.open) == ("", True, True)
    assert View(hall).ticket(hall.open[1]).number == "001"


def test_a_wait_that_nobody_can_know_is_told_as_unknown():
    hall = hall_after(c.IssueTicket("fees"))
    ticket = View(hall).ticket(hall.open[1])
    assert (ticket.wait_minutes, ticket.ahead) == (None, 0)


def test_a_called_resident_waits_for_nothing_more():
    hall = hall_after(c.IssueTicket("fees"), c.OpenDesk("17", "desk-17"), c.CallNext("17", "desk-17"))
    ticket = View(hall).ticket(hall.open[1])
    assert (ticket.desk, ticket.desks, ticket.wait_minutes) == ("17", ["17"], None)
    assert View(hall).desk("17").waiting == 0


def test_a_paused_desk_says_why():
    reason = next(iter(OFFICE.pauses.values()))
    hall = hall_after(c.OpenDesk("17", "desk-17"), c.PauseDesk("17", "desk-17", reason.id))
    state = View(hall).desk_state("17")
    assert (state.status, state.pause_reason, state.label["pl"]) == ("paused", reason.id, "Stanowisko 17")
    assert state.pause_name == reason.name
    assert [pause.id for pause in state.pauses] == list(OFFICE.pauses)


def test_a_desk_is_told_whom_it_was_sent_and_who_is_on_hold():
    key = "17", "desk-17"
    hall = hall_after(
        *(c.IssueTicket("fees"), c.IssueTicket("fees"), c.OpenDesk(*key), c.OpenDesk("19", "desk-19")),
        *(c.CallNext(*key), c.TransferTicket(*key, to_desk="19"), c.HoldTicket(*key, number="2")),
    )
    assert [View(hall).desk_state(desk).sent_here for desk in ("17", "19")] == [0, 1]
    assert View(hall).desk_state("17").held == [hall.open[2].number]


def test_a_matter_says_when_it_gives_tickets_again_only_while_it_gives_none():
    from_seven = SAMPLE.replace('id = "fees"', 'id = "fees"\nopen = { mon-fri = ["07:30-15:30"] }')
    hall = hall_after(in_office=office_from_toml(from_seven, "office.toml"))
    for hour, opens in ((-3, "2026-11-23T07:30:00+01:00"), (1, None), (9, "2026-11-24T07:30:00+01:00")):
        menu = View(hall).menu(MONDAY_MORNING + timedelta(hours=hour))
        fees = next(category for category in menu.categories if category.id == "fees")
        assert (fees.opens_at and fees.opens_at.isoformat()) == opens

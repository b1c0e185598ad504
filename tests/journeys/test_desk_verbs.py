"""What a complete desk asks for, over the wire to a real broker: undo, numbers, clerks, pauses, arrivals, bookings."""

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from broker.contract import topics
from broker.mosquitto import PrivateMosquitto
from tests.clients import eventually
from tests.running_broker import RunningBroker, office_with

UNDO_S = 3
WARSAW = ZoneInfo("Europe/Warsaw")


def an_office(**rules):
    """Return an office with other rules, whose day is not about to end."""
    day_starts = datetime.now(WARSAW) - timedelta(hours=12)
    return office_with(day_starts=f'"{day_starts:%H:00}"', double_press_s=0, **rules)


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    office = an_office(undo_s=UNDO_S)
    broker = RunningBroker(tmp_path_factory.mktemp("hall"), f"embedded:{PrivateMosquitto().port}", office=office)
    broker.start()
    yield broker.ready()
    broker.close()


@pytest.fixture
def told(hall):
    """Return a function that gives what the hall was told last on a topic."""
    bystander = hall.client("bystander", "okienko/state/#")
    assert eventually(lambda: topics.MENU in bystander.states)
    yield bystander.states.get
    bystander.stop()


def numbers_on(board):
    return [call["number"] for call in board["calls"]]


# -- undo ------------------------------------------------------------------------------------------------------


def test_a_call_taken_back_in_time_is_off_the_wall_and_its_resident_is_first_again(kiosk, desk, told):
    terminal = desk("17")
    first, second = kiosk.take("fees")["number"], kiosk.take("fees")["number"]
    terminal.ask("next", desk="17")
    assert eventually(lambda: first in numbers_on(told(topics.BOARD)))
    taken_back = terminal.ask("undo", desk="17")
    assert (taken_back["ticket"]["number"], taken_back["ticket"]["status"]) == (first, "waiting")
    assert taken_back["desk"]["status"] == "free"
    assert eventually(lambda: first not in numbers_on(told(topics.BOARD)))
    assert [terminal.ask("next", desk="17")["ticket"]["number"] for _ in range(2)] == [first, second]


def test_a_call_is_not_taken_back_when_its_time_is_over(kiosk, desk, told):
    terminal = desk("19")
    number = kiosk.take("taxes")["number"]
    terminal.ask("next", desk="19")
    time.sleep(UNDO_S + 0.1)  # the time itself is the rule
    assert terminal.code("undo", desk="19") == "illegal_move"
    assert eventually(lambda: number in numbers_on(told(topics.BOARD)))


# What a clerk pressed by mistake, and what the resident and the desk are again after UNDO.
MISTAKES = [
    ("start", {}, "called", "calling"),
    ("no_show", {}, "called", "calling"),
    ("finish", {}, "serving", "serving"),
    ("hold", {}, "serving", "serving"),
    ("next", {}, "serving", "serving"),
    ("pause", {"reason": "break"}, "serving", "serving"),
    ("close", {}, "serving", "serving"),
    ("transfer", {"to_desk": "12"}, "serving", "serving"),
    ("transfer", {"to_category": "tax-information"}, "serving", "serving"),
]


@pytest.mark.parametrize(("verb", "fields", "ticket", "state"), MISTAKES, ids=[f"{m[0]}-{len(m[1])}" for m in MISTAKES])
def test_every_key_is_taken_back_to_where_the_resident_was(kiosk, desk, told, verb, fields, ticket, state):
    desk("12")
    terminal = desk("22")
    number = kiosk.take("housing")["number"]
    terminal.ask("next", desk="22")
    if ticket == "serving":
        terminal.ask("start", desk="22")
    assert terminal.ask(verb, desk="22", **fields)["ok"]
    back = terminal.ask("undo", desk="22")
    assert (back["ticket"]["number"], back["ticket"]["status"], back["desk"]["status"]) == (number, ticket, state)
    assert eventually(lambda: told(topics.desk("22"))["status"] == state)
    assert told(topics.desk("22"))["ticket"]["number"] == number
    assert terminal.code("undo", desk="22") == "illegal_move", "one key is taken back, not the one before"


def test_a_transfer_is_not_taken_back_from_a_desk_that_has_called_already(kiosk, desk):
    eight, nine = desk("8"), desk("9")
    number = kiosk.take("real-estate")["number"]
    eight.ask("next", desk="8")
    eight.ask("transfer", desk="8", to_desk="9")
    assert nine.ask("next", desk="9")["ticket"]["number"] == number
    assert eight.code("undo", desk="8") == "illegal_move"


# -- numbers ---------------------------------------------------------------------------------------------------


def test_a_waiting_resident_is_put_on_hold_and_taken_up_by_number(kiosk, desk, told):
    terminal = desk("11")
    first, second = kiosk.take("environment")["number"], kiosk.take("environment")["number"]
    assert terminal.ask("hold", desk="11", number=first)["ticket"]["status"] == "on_hold"
    assert eventually(lambda: first in told(topics.desk("11")).get("held", []))
    assert terminal.ask("next", desk="11")["ticket"]["number"] == second
    assert terminal.ask("resume", desk="11", number=first[1:])["ticket"]["status"] == "waiting"
    assert eventually(lambda: first not in told(topics.desk("11")).get("held", []))
    called = terminal.ask("call", desk="11", number=str(int(first[1:])))["ticket"]
    assert (called["number"], called["status"]) == (first, "called")
    assert called["reasons"]["pl"].startswith("poza kolejnością")


def test_a_waiting_resident_is_sent_on_by_number_and_the_desk_there_is_told(kiosk, desk, told):
    desk("13")
    terminal = desk("14")
    number = kiosk.take("filing")["number"]
    sent = terminal.ask("transfer", desk="14", number=number[1:], to_desk="13")["ticket"]
    assert (sent["number"], sent["status"], sent["desks"]) == (number, "waiting", ["13"])
    assert eventually(lambda: told(topics.desk("13")).get("sent_here") == 1)
    assert terminal.code("hold", desk="14", number="998") == "unknown_ticket"


def test_digits_that_two_residents_have_are_refused_with_both_numbers(kiosk, desk):
    fees, information = desk("17"), desk("15")
    wanted = "010"
    numbers = [with_digits(kiosk, category, wanted) for category in ("mzgo", "business")]
    for terminal, desk_id in ((fees, "17"), (information, "15")):
        error = terminal.ask("call", desk=desk_id, number=wanted)["error"]
        assert (error["code"], error["choices"]) == ("bad_request", numbers)
    assert fees.ask("call", desk="17", number=numbers[1])["ticket"]["number"] == numbers[1]


def test_digits_mean_the_resident_whom_the_desk_takes_before_any_other(kiosk, desk):
    terminal = desk("25")
    own, other = with_digits(kiosk, "geodesy", "010"), with_digits(kiosk, "surveyors", "010")
    assert own[1:] == other[1:]
    assert terminal.ask("call", desk="25", number="010")["ticket"]["number"] == own


def with_digits(kiosk, category, digits):
    """Take tickets of a matter until one has these digits; the others are given back."""
    while (number := kiosk.take(category)["number"])[1:] != digits:
        kiosk.ask("cancel", number=number)
    return number


# -- clerks and pauses -----------------------------------------------------------------------------------------


def test_a_desk_is_open_for_one_clerk_code_until_it_is_closed(desk):
    terminal = desk("31")
    terminal.ask("close", desk="31")
    assert terminal.ask("open", desk="31", clerk="4711")["ok"]
    assert terminal.ask("open", desk="31", clerk="4711")["ok"]
    assert terminal.code("open", desk="31", clerk="0815") == "desk_taken"
    terminal.ask("close", desk="31")
    assert terminal.ask("open", desk="31", clerk="0815")["ok"]


def test_a_desk_pauses_for_the_reasons_of_the_office_alone(desk, told):
    terminal = desk("23")
    pauses = told(topics.desk("23"))["pauses"]
    assert [pause["id"] for pause in pauses] == ["break", "paperwork", "training"]
    assert terminal.code("pause", desk="23", reason="tired") == "bad_request"
    for pause in pauses:
        assert terminal.ask("pause", desk="23", reason=pause["id"])["desk"]["status"] == "paused"
        assert eventually(lambda: told(topics.desk("23")).get("pause_name") == pause["name"])  # noqa: B023
        assert terminal.ask("open", desk="23")["desk"]["status"] == "free"
    assert terminal.ask("pause", desk="23")["ok"]


# -- arrivals and bookings -------------------------------------------------------------------------------------


def test_a_desk_that_waits_gets_the_next_arrival_without_a_press(make_broker):
    broker = make_broker(office=an_office(undo_s=UNDO_S).replace("[office]", "[office]\nauto_call = true", 1))
    broker.start().ready()
    kiosk, terminal = broker.client("kiosk-1", "okienko/state/#"), broker.client("desk-17")
    terminal.ask("open", desk="17")
    waits = terminal.ask("next", desk="17")
    assert (waits["ok"], waits["desk"]["status"], waits["desk"]["ready"]) == (True, "free", True)
    ticket = kiosk.take("fees")
    assert (ticket["status"], ticket["desk"]) == ("called", "17")
    assert "without a press" in ticket["reason"]
    assert eventually(lambda: numbers_on(kiosk.states[topics.BOARD]) == [ticket["number"]])
    assert eventually(lambda: kiosk.states[topics.desk("17")]["status"] == "calling")
    assert kiosk.take("fees")["status"] == "waiting", "one press is one arrival"


def test_a_booked_visit_on_time_comes_before_those_who_took_a_ticket_later_than_it_was_booked(kiosk, desk):
    terminal = desk("20")
    now = datetime.now(WARSAW)
    walk_in = kiosk.take("business")
    later = kiosk.take("business", booked_at=(now + timedelta(minutes=20)).isoformat())
    booked = kiosk.take("business", booked_at=(now - timedelta(minutes=5)).isoformat())
    too_late = kiosk.take("business", booked_at=(now - timedelta(minutes=50)).isoformat())
    assert datetime.fromisoformat(booked["booked_at"]) == now - timedelta(minutes=5)
    called = [terminal.ask("next", desk="20")["ticket"] for _ in range(4)]
    assert [ticket["number"] for ticket in called] == [
        ticket["number"] for ticket in (booked, walk_in, too_late, later)
    ]
    assert f"umówiony na {now - timedelta(minutes=5):%H:%M}" in called[0]["reasons"]["pl"]
    assert "nie o czasie" in called[2]["reasons"]["pl"]


@pytest.mark.parametrize("days", [-1, 1, 300])
def test_a_visit_that_is_booked_for_another_day_gets_no_ticket(kiosk, days):
    booked_at = datetime.now(WARSAW) + timedelta(days=days)
    assert kiosk.code("ticket", category="business", booked_at=booked_at.isoformat()) == "bad_request"


def test_a_booked_time_without_its_offset_is_refused(kiosk):
    assert kiosk.code("ticket", category="business", booked_at="2026-11-23T10:00:00") == "bad_request"

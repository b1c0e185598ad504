"""Every verb and every refusal of the contract, over the wire, to a real broker process."""

import time

import pytest

from broker.contract import messages, topics
from broker.contract.bus import Bus, Server
from tests.clients import eventually
from tests.journeys.visits import booked_time, imports
from tests.running_broker import RunningBroker, office_with

HOLIDAY_HOURS = 'open = { holidays = ["00:00-00:01"] }'


def replaced(text, old, new):
    assert text.count(old) == 1, old
    return text.replace(old, new)


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    """A broker for the whole module, with a closed matter (surveyors) and a scarce one (geodesy)."""
    from broker.mosquitto import PrivateMosquitto

    office = replaced(office_with(double_press_s=1), 'letter = "F"\n', f'letter = "F"\n{HOLIDAY_HOURS}\n')
    office = replaced(office, 'letter = "G"\n', 'letter = "G"\ndaily_limit = 1\n')
    broker = RunningBroker(tmp_path_factory.mktemp("hall"), f"embedded:{PrivateMosquitto().port}", office=office)
    broker.start()
    yield broker.ready()
    broker.close()


def test_a_ticket_says_its_number_and_who_is_ahead(kiosk):
    first = kiosk.take("mzgo")
    second = kiosk.take("mzgo", language="uk")
    assert first["number"][0] == second["number"][0] == "Z"
    assert int(second["number"][1:]) == int(first["number"][1:]) + 1
    assert second["ahead"] == first["ahead"] + 1
    assert (second["status"], second["desks"], second["priority"]) == ("waiting", ["23"], None)


def test_a_resident_is_called_comes_and_leaves(kiosk, desk):
    terminal = desk("17")
    number = kiosk.take("fees")["number"]
    called = terminal.ask("next", desk="17")
    assert (called["ticket"]["number"], called["ticket"]["status"], called["ticket"]["desk"]) == (
        number,
        "called",
        "17",
    )
    assert called["desk"]["status"] == "calling"
    assert "nobody else in line" in called["ticket"]["reason"]
    assert terminal.ask("recall", desk="17")["ticket"]["status"] == "called"
    assert terminal.ask("start", desk="17")["desk"]["status"] == "serving"
    finished = terminal.ask("finish", desk="17")
    assert (finished["ticket"]["status"], finished["desk"]["status"]) == ("served", "free")


def test_a_resident_with_a_small_child_is_called_first(kiosk, desk):
    terminal = desk("19")
    kiosk.take("taxes")
    child = kiosk.take("taxes", priority="small-child")
    assert child["ahead"] == 0
    called = terminal.ask("next", desk="19")["ticket"]
    assert called["number"] == child["number"]
    assert "head start 15 min" in called["reason"]


def test_a_resident_who_does_not_come_is_a_no_show_by_key_or_after_the_last_recall(kiosk, desk):
    terminal = desk("22")
    kiosk.take("housing")
    terminal.ask("next", desk="22")
    assert terminal.ask("no_show", desk="22")["ticket"]["status"] == "no_show"
    kiosk.take("housing")
    time.sleep(1.0)  # the least time between two calls
    terminal.ask("next", desk="22")
    seen = [terminal.ask("recall", desk="22")["ticket"]["status"] for _ in range(4)]
    assert seen == ["called", "called", "called", "no_show"]


def test_a_resident_may_be_held_and_taken_up_again(kiosk, desk):
    terminal = desk("11")
    number = kiosk.take("environment")["number"]
    terminal.ask("next", desk="11")
    terminal.ask("start", desk="11")
    assert terminal.ask("hold", desk="11")["ticket"]["status"] == "on_hold"
    assert terminal.ask("resume", desk="11", number=number)["ticket"]["status"] == "waiting"
    assert terminal.ask("call", desk="11", number=number)["ticket"]["status"] == "called"


def test_a_resident_may_be_sent_on_to_a_matter_or_to_one_desk(kiosk, desk):
    eight, nine = desk("8"), desk("9")
    number = kiosk.take("real-estate")["number"]
    eight.ask("next", desk="8")
    sent = eight.ask("transfer", desk="8", to_category="architecture")
    assert (sent["ticket"]["category"], sent["ticket"]["status"]) == ("architecture", "waiting")
    assert nine.ask("next", desk="9")["ticket"]["number"] == number
    assert nine.ask("transfer", desk="9", to_desk="8")["ticket"]["desks"] == ["8"]
    time.sleep(1.0)
    assert eight.ask("next", desk="8")["ticket"]["number"] == number


def test_a_desk_may_pause_and_go_on(desk):
    terminal = desk("24")
    assert terminal.ask("pause", desk="24", reason="break")["desk"]["status"] == "paused"
    assert terminal.ask("open", desk="24")["desk"]["status"] == "free"


def test_a_ticket_may_be_given_back(kiosk, desk):
    number = kiosk.take("business")["number"]
    assert kiosk.ask("cancel", number=number)["ticket"]["status"] == "cancelled"
    assert desk("20").code("next", desk="20") == "nothing_waiting"


def test_what_became_of_the_paper_is_taken_down(kiosk):
    number = kiosk.take("information")["number"]
    assert kiosk.ask("printed", number=number, result="failed", detail="no paper")["ticket"]["number"] == number
    assert kiosk.ask("printed", number=number, result="printed")["ok"]


def test_a_display_confirms_what_it_has_shown(hall, kiosk, desk):
    terminal = desk("15")
    kiosk.take("information")
    terminal.ask("next", desk="15")
    display = hall.client("display-1")
    assert display.ask("shown", call=1)["ok"]
    assert display.ask("shown", call=1)["ok"], "a second display may have shown it too"
    assert display.code("shown", call=9999) == "bad_request"


def test_a_clerk_is_told_of_a_call_that_no_wall_has_drawn_until_one_has(hall, kiosk, desk):
    wall = Bus(Server.from_url(hall.url), "display-2", "test", shows_calls=True)
    wall.start()
    told = hall.client("display-3", topics.desk("13"), topics.BOARD)
    assert eventually(lambda: wall.linked)
    terminal = desk("13")
    kiosk.take("tax-information")
    terminal.ask("next", desk="13")
    assert eventually(lambda: told.states[topics.desk("13")].get("unshown"))
    call = next(each["call"] for each in told.states[topics.BOARD]["calls"] if each["desk"] == "13")
    wall.ask("shown", messages.ShownRequest("drawn", call, spoken=False))
    assert eventually(lambda: "unshown" not in told.states[topics.desk("13")])
    assert told.states[topics.desk("13")]["status"] == "calling"
    wall.stop()


# -- refusals --------------------------------------------------------------------------------------------------


def test_unknown_things_are_refused_by_name(kiosk, desk):
    assert kiosk.code("ticket", category="passports") == "unknown_category"
    assert kiosk.code("ticket", category="fees", priority="mayor") == "bad_request"
    assert kiosk.code("open", desk="99") == "unknown_desk"
    assert kiosk.code("cancel", number="X999") == "unknown_ticket"
    assert kiosk.code("printed", number="X999", result="printed") == "unknown_ticket"
    terminal = desk("25")
    assert terminal.code("call", desk="25", number="X999") == "unknown_ticket"
    assert terminal.code("resume", desk="25", number="X999") == "unknown_ticket"


def test_a_closed_and_a_full_matter_give_no_tickets(kiosk):
    assert kiosk.code("ticket", category="surveyors") == "category_closed"
    assert kiosk.ask("ticket", category="geodesy")["ok"]
    assert kiosk.code("ticket", category="geodesy") == "category_full"


@pytest.mark.parametrize("verb", ["next", "recall", "start", "finish", "no_show", "hold", "pause"])
def test_a_closed_desk_does_nothing(kiosk, verb):
    assert kiosk.code(verb, desk="p3") == "desk_closed"


def test_a_desk_belongs_to_the_terminal_that_opened_it(hall, desk):
    desk("26")
    stranger = hall.client("desk-27")
    assert stranger.code("open", desk="26") == "desk_taken"
    assert stranger.code("next", desk="26") == "desk_taken"


def test_a_key_pressed_twice_calls_one_resident(kiosk, desk):
    terminal = desk("12")
    kiosk.take("tax-information")
    kiosk.take("tax-information")
    assert terminal.ask("next", desk="12")["ok"]
    assert terminal.code("next", desk="12") == "too_soon"


def test_moves_that_a_tickets_life_does_not_have_are_refused(kiosk, desk):
    terminal = desk("32")
    number = kiosk.take("population")["number"]
    for verb in ("recall", "start", "finish", "no_show", "hold"):
        assert terminal.code(verb, desk="32") == "illegal_move", verb
    assert terminal.code("transfer", desk="32", to_desk="31") == "illegal_move"
    assert terminal.code("resume", desk="32", number=number) == "illegal_move"
    terminal.ask("next", desk="32")
    assert terminal.code("hold", desk="32") == "illegal_move", "he has not come to the desk yet"
    assert terminal.code("call", desk="32", number=number) == "illegal_move"
    assert kiosk.code("cancel", number=number) == "illegal_move"


def test_nobody_is_sent_to_where_nobody_sits(kiosk, desk):
    terminal = desk("14")
    kiosk.take("filing")
    terminal.ask("next", desk="14")
    assert terminal.code("transfer", desk="14", to_desk="13") == "target_unavailable"
    assert terminal.code("transfer", desk="14", to_category="tax-information") == "target_unavailable"
    assert terminal.code("transfer", desk="14", to_category="surveyors") == "target_unavailable"
    assert terminal.code("transfer", desk="14", to_category="passports") == "unknown_category"
    assert terminal.code("transfer", desk="14", to_desk="99") == "unknown_desk"
    assert terminal.code("transfer", desk="14") == "bad_request"
    assert terminal.code("transfer", desk="14", to_desk="13", to_category="filing") == "bad_request"


def test_an_office_may_forbid_to_call_by_number(make_broker):
    broker = make_broker(office=office_with(call_by_number="false")).start().ready()
    terminal, kiosk = broker.client("desk-17"), broker.client("kiosk-1")
    terminal.ask("open", desk="17")
    number = kiosk.take("fees")["number"]
    assert terminal.code("call", desk="17", number=number) == "not_allowed"


def test_from_the_first_registered_device_on_only_registered_ones_may_speak(make_broker):
    broker = make_broker().start().ready()
    kiosk, stranger, terminal = (broker.client(name) for name in ("kiosk-1", "kiosk-9", "desk-17"))
    assert stranger.ask("ticket", category="fees")["ok"]
    assert broker.devices("add", "kiosk-1").returncode == 0
    assert broker.devices("add", "desk-17", "--desk", "17").stdout.split() == ["desk-17", "17", "kiosk-1"]
    until = time.monotonic() + 60
    while stranger.ask("ticket", category="fees")["ok"] and time.monotonic() < until:
        time.sleep(0.1)
    assert stranger.code("ticket", category="fees") == "not_allowed"
    assert kiosk.ask("ticket", category="fees")["ok"]
    # The broker may have looked between the two that were added.
    while not (opened := terminal.ask("open", desk="17")["ok"]) and time.monotonic() < until:
        time.sleep(0.2)
    assert opened
    assert terminal.code("open", desk="19") == "not_allowed"
    assert kiosk.code("open", desk="19") == "not_allowed"


def test_a_booked_visit_gets_one_ticket_for_its_code(hall, kiosk):
    today, later = booked_time(), booked_time(days=7)
    imports(hall, f"482913;filing;{today.isoformat()}", f"482914;filing;{later.isoformat()}")
    first = kiosk.ask("check_in", code="482913")
    assert (first["ticket"]["category"], first["ticket"]["booked_at"]) == ("filing", today.isoformat())
    again = kiosk.ask("check_in", code="482913")["error"]
    assert (again["code"] == "booking_used", again["number"]) == (True, first["ticket"]["number"])
    wrong = kiosk.ask("check_in", code="482914")["error"]
    assert (wrong["code"] == "wrong_day", wrong["booked_at"]) == (True, later.isoformat())
    assert kiosk.code("check_in", code="000000") == "unknown_booking"


def test_every_code_of_the_contract_is_reached_in_this_folder():
    from pathlib import Path

    written = "".join(test.read_text() for test in Path(__file__).parent.glob("test_broker_*.py"))
    codes = messages.ErrorCode.__args__
    assert [code for code in codes if f'== "{code}"' not in written] == []

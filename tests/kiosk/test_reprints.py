"""A printer that brings nothing out: what residents see before the tap, and how the staff print what was missed."""

import pytest
from msgspec.structs import replace

from broker.contract.messages import PrintedRequest
from kiosk.place import Reprints, Start
from kiosk.state import MenuHeard, PrinterHeard
from tests.builders import menu
from tests.kiosk.resident import TIMING, Resident
from tests.kiosk.scenes import scene, states

NO_PAPER, PAPER_AGAIN = PrinterHeard(can_print=False), PrinterHeard(can_print=True)


def resident_with_a_failed_ticket(number="D017"):
    resident = Resident().hears(NO_PAPER).taps_on("matter:business").is_answered(number=number)
    return resident.paper("failed", "paper out", number=number)


def test_that_there_is_no_paper_is_said_before_the_tap_and_turns_nobody_away():
    resident = Resident().hears(NO_PAPER)
    assert resident.screen == "start"
    assert "zdjęcie" in scene(states()["no paper"]).advice
    assert scene(states()["start"]).advice == ""
    resident.taps_on("matter:business").is_answered()
    assert (resident.screen, resident.state.place.paper) == ("thanks", "failed")
    assert resident.goes_away_in == TIMING.remember_s


def test_a_number_without_paper_has_a_code_to_photograph_with_number_office_and_time():
    issued_at = states()["not printed"].place.ticket.issued_at
    assert scene(states()["not printed"]).code.splitlines() == [
        "P128",
        "Urząd Miejski w Dąbrowie Górniczej",
        f"{issued_at:%Y-%m-%d %H:%M}",
    ]
    assert [scene(states()[name]).code for name in ("printed", "printing", "start")] == ["", "", ""]


def test_a_printer_that_is_well_again_in_time_prints_after_all():
    resident = Resident().hears(NO_PAPER).taps_on("matter:business").is_answered()
    resident.paper("printed")
    assert resident.state.place.paper == "printed"
    assert resident.state.unprinted == ()


def test_nothing_is_printed_by_itself_when_there_is_paper_again():
    resident = resident_with_a_failed_ticket().waits(90).hears(PAPER_AGAIN).waits(90)
    assert resident.printed == ["D017"], "handed to the printer once, and refused by it"
    assert [each.ticket.number for each in resident.state.unprinted] == ["D017"]


def test_a_resident_who_still_stands_there_has_the_ticket_printed_with_one_touch():
    resident = resident_with_a_failed_ticket().taps_on("reprint:D017")
    assert resident.printed == ["D017"], "not while there is no paper"
    resident.hears(PAPER_AGAIN).taps_on("reprint:D017", "reprint:D017", "reprint:D017", after=0.1)
    assert resident.printed == ["D017", "D017"], "and not twice for three touches"
    again = resident.did[-1]
    assert (again.again, again.request_id) == (True, "r1-2")
    assert resident.state.place.paper == "printing"
    resident.paper("printed", request_id="r1-2")
    assert resident.state.place.paper == "printed"
    assert resident.state.unprinted == ()
    assert resident.told[-1] == ("printed", PrintedRequest("r1-2-printed", "D017", "printed"))


def test_the_staff_print_a_missed_ticket_with_one_touch():
    resident = resident_with_a_failed_ticket("D017").waits(90)
    resident.hears(PAPER_AGAIN).taps_on("reprints")
    assert resident.screen == "reprints"
    resident.taps_on("reprint:D017")
    assert (resident.printed[-1], resident.did[-1].again) == ("D017", True)
    assert resident.screen == "reprints"
    resident.paper("failed", "paper out", request_id="r1-2").taps_on("reprint:D017")
    assert resident.did[-1].request_id == "r1-3", "each attempt is told apart"
    resident.paper("printed", request_id="r1-3")
    assert resident.state.unprinted == ()
    assert resident.state.place == Reprints()
    assert resident.taps_on("back").screen == "start"
    assert [request.result for _, request in resident.told] == ["failed", "failed", "printed"]


def test_a_ticket_of_a_resident_who_has_left_is_there_for_the_staff():
    resident = Resident().taps_on("matter:business").is_answered().taps_on("done", "matter:housing")
    resident.is_answered(number="M001")
    resident.paper("failed", "disconnected", request_id="r1").paper("printed", request_id="r3")
    assert [each.ticket.number for each in resident.state.unprinted] == ["D017"]


def test_the_way_to_missed_tickets_opens_for_nobody_while_there_are_none_or_a_resident_is_at_work():
    assert Resident().taps_on("reprints").screen == "start"
    busy = resident_with_a_failed_ticket()
    assert busy.taps_on("reprints").screen == "thanks"


def test_only_the_number_that_is_shown_can_be_printed_by_its_resident():
    resident = resident_with_a_failed_ticket("D017").taps_on("done").hears(PAPER_AGAIN)
    resident.taps_on("matter:housing").is_answered(number="M001").paper("printed", request_id="r3", number="M001")
    resident.taps_on("reprint:D017")
    assert resident.printed == ["D017", "M001"]


def test_the_list_of_missed_tickets_goes_away_by_itself_and_with_the_day():
    resident = resident_with_a_failed_ticket().waits(90).taps_on("reprints").waits(TIMING.idle_s + 1)
    assert resident.state.place == Start()
    resident.hears(MenuHeard(replace(menu(), day="2026-11-24")))
    assert resident.state.unprinted == ()


def test_a_morning_without_paper_keeps_the_last_eight():
    resident = Resident().hears(NO_PAPER)
    for count in range(1, 12):
        resident.taps_on("matter:business").is_answered(number=f"B{count:03}")
        resident.paper("failed", "paper out", number=f"B{count:03}").taps_on("done")
    numbers = [each.ticket.number for each in resident.state.unprinted]
    assert numbers == [f"B{count:03}" for count in range(4, 12)]


@pytest.mark.parametrize(
    ("name", "first", "note"),
    [("reprints", "D018", ""), ("reprints, no paper", "D012", "drukarka nie jest gotowa")],
)
def test_the_staff_read_which_tickets_are_missing_and_why_one_cannot_be_printed(name, first, note):
    shown = scene(states()[name])
    assert (shown.choices[0].title, shown.choices[0].note) == (first, note)
    assert "Dowody osobiste" in shown.choices[0].detail


def test_a_ticket_on_its_way_to_the_printer_is_not_offered_again():
    (busy,) = [choice for choice in scene(states()["reprints"]).choices if choice.note]
    assert (busy.title, busy.note) == ("D017", "drukuje się")


def test_how_many_are_missing_is_shown_at_rest_only():
    assert [scene(states()[name]).unprinted for name in ("no paper", "reprints")] == [8, 0]
    assert "reprint:P128" in [button.name for button in scene(states()["paper is back"]).buttons]

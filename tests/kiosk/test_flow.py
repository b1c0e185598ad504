"""What a resident lives through at the kiosk, without a window and without a network."""

import pytest

from broker.contract.messages import Menu, PrintedRequest, TicketRequest
from kiosk.state import BrokerHeard, LinkChanged, MenuHeard, Ticked
from tests.builders import menu, sample
from tests.kiosk.resident import TIMING, Resident

EVERY_MATTER = {category["id"] for category in sample()["category"]}


# -- from a tap to a number --------------------------------------------------------------------------------


def test_a_resident_takes_a_number_in_two_taps():
    resident = Resident().taps_on("group:identity", "matter:id-cards")
    assert resident.screen == "waiting"
    assert resident.did[0].request == TicketRequest("r2", "id-cards", None, "pl")
    resident.is_answered()
    assert resident.screen == "thanks"
    assert resident.printed == ["D017"]


def test_a_group_with_one_matter_is_taken_in_one_tap():
    assert Resident().taps_on("matter:business").screen == "waiting"


def test_a_double_tap_issues_one_ticket():
    resident = Resident().taps_on("group:identity", "matter:id-cards").taps_on("matter:id-cards", after=0.15)
    assert resident.asked == ["r2"]
    resident.is_answered().taps_on("done", after=0.2)
    assert resident.screen == "thanks", "the second half of a double tap does not close the number"


def test_the_second_half_of_a_double_tap_on_a_group_takes_no_matter():
    resident = Resident().taps_on("group:identity").taps_on("matter:id-cards", after=0.2)
    assert resident.screen == "matters"
    assert resident.asked == []


def test_taps_while_waiting_ask_for_nothing():
    resident = Resident().taps_on("matter:business", "matter:business", "matter:housing", "back", "language:uk")
    assert resident.screen == "waiting"
    assert set(resident.asked) == {"r1"}


@pytest.mark.parametrize("office", [menu(closed={"id-cards"}), menu(full={"id-cards"})])
def test_a_closed_or_full_matter_cannot_be_taken(office):
    resident = Resident(office=office).taps_on("group:identity", "matter:id-cards")
    assert resident.screen == "matters"
    assert resident.did == []


def test_a_tap_on_what_is_not_there_does_nothing():
    resident = Resident().taps_on("group:nowhere", "matter:nothing", "done", "back", "priority:", "sing:aloud", "")
    assert resident.asked == []


def test_a_number_that_a_free_desk_calls_at_once_is_shown_and_printed_as_any_other():
    resident = Resident().taps_on("matter:business").is_answered(status="called", desk="30")
    assert resident.screen == "thanks"
    assert resident.printed == ["D017"]
    assert (resident.state.place.ticket.status, resident.state.place.ticket.desk) == ("called", "30")


# -- asking again ------------------------------------------------------------------------------------------


def test_without_an_answer_the_same_request_is_asked_again():
    resident = Resident().taps_on("matter:business").waits(TIMING.answer_s * 3 - 0.5)
    assert resident.asked == ["r1", "r1", "r1"]
    assert resident.screen == "waiting"


def test_a_ticket_survives_a_restart_of_the_broker():
    resident = Resident().taps_on("matter:business").hears(BrokerHeard(up=False)).waits(2.0)
    resident.hears(BrokerHeard(up=True))
    assert resident.asked == ["r1", "r1"], "asked as soon as the broker is back"
    assert resident.is_answered().screen == "thanks"
    assert resident.is_answered().printed == ["D017"], "a second answer prints nothing"


def test_a_ticket_survives_a_cut_of_the_network():
    resident = Resident().taps_on("matter:business").hears(LinkChanged(linked=False)).waits(2.5)
    assert resident.screen == "waiting"
    resident.hears(LinkChanged(linked=True))
    assert resident.asked == ["r1", "r1"]


def test_when_nobody_answers_the_resident_is_told_that_there_is_no_ticket():
    resident = Resident().taps_on("matter:business").waits(TIMING.answer_s * TIMING.asks + 0.5)
    assert resident.asked == ["r1"] * TIMING.asks
    assert resident.screen == "no_ticket"
    assert resident.printed == []
    assert resident.waits(TIMING.thanks_s).screen == "start"


def test_an_answer_that_comes_late_is_still_shown():
    resident = Resident().taps_on("matter:business").waits(TIMING.answer_s * TIMING.asks + 2)
    assert resident.screen == "no_ticket"
    assert resident.is_answered().screen == "thanks"
    assert resident.printed == ["D017"]


def test_a_number_that_comes_after_its_resident_has_gone_is_given_back():
    resident = Resident().taps_on("matter:business").waits(TIMING.answer_s * TIMING.asks + TIMING.thanks_s + 2)
    assert resident.screen == "start"
    resident.is_answered().is_answered()
    assert resident.screen == "start"
    assert [(verb, request.number) for verb, request in resident.told] == [("cancel", "D017")]


def test_after_no_ticket_the_next_resident_asks_anew():
    resident = Resident().taps_on("matter:business").waits(TIMING.answer_s * TIMING.asks + 1)
    resident.taps_on("done", "matter:housing")
    assert resident.asked[-1] == "r3"


# -- refusals ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["category_closed", "category_full", "unknown_category", "storage_failed"])
def test_a_refusal_is_shown_and_the_resident_may_choose_again(code):
    resident = Resident().taps_on("matter:business").is_refused(code)
    assert resident.screen == "refused"
    assert resident.state.place.code == code
    assert resident.taps_on("back").screen == "start"
    assert resident.printed == []


def test_a_refusal_goes_away_by_itself():
    assert Resident().taps_on("matter:business").is_refused("category_full").waits(TIMING.thanks_s + 1).screen == (
        "start"
    )


# -- the paper ---------------------------------------------------------------------------------------------


def test_a_printed_ticket_is_reported_and_the_thanks_go_away():
    resident = Resident().taps_on("matter:business").is_answered().paper("printed")
    assert resident.told == [("printed", PrintedRequest("r1-printed", "D017", "printed"))]
    assert resident.waits(TIMING.thanks_s - 1).screen == "thanks"
    assert resident.waits(1.5).screen == "start"


def test_a_ticket_that_was_not_printed_stays_on_the_screen_until_it_is_remembered():
    resident = Resident().taps_on("matter:business").is_answered().waits(5).paper("failed", "paper out")
    assert resident.told == [("printed", PrintedRequest("r1-printed", "D017", "failed", "paper out"))]
    assert resident.waits(TIMING.remember_s - 1).screen == "thanks"
    assert resident.taps_on("done").screen == "start"


def test_a_printer_that_says_nothing_holds_neither_number_nor_kiosk():
    resident = Resident().taps_on("matter:business").is_answered()
    assert resident.waits(TIMING.remember_s - 1).screen == "thanks"
    assert resident.waits(2).screen == "start"


def test_a_slow_printer_leaves_time_to_take_the_ticket():
    resident = Resident().taps_on("matter:business").is_answered().waits(TIMING.thanks_s + 5).paper("printed")
    assert resident.screen == "thanks"
    assert resident.goes_away_in == pytest.approx(5.0)


def test_a_number_that_was_closed_too_early_comes_back_when_its_print_fails():
    resident = Resident().taps_on("language:uk", "matter:business").is_answered().taps_on("done")
    assert resident.screen == "start"
    resident.paper("failed")
    assert resident.screen == "thanks"
    assert resident.state.language == "uk"


@pytest.mark.parametrize(("tap", "screen"), [("group:identity", "matters"), ("language:en", "start")])
def test_the_number_of_the_one_before_never_covers_the_next_resident(tap, screen):
    resident = Resident().taps_on("matter:business").is_answered().taps_on("done", tap)
    resident.paper("failed", request_id="r1")
    assert resident.screen == screen
    assert [verb for verb, _ in resident.told] == ["printed"]


def test_a_number_stays_when_the_network_goes():
    resident = Resident().taps_on("matter:business").is_answered().hears(LinkChanged(linked=False)).waits(5)
    assert resident.screen == "thanks"
    assert resident.paper("printed").waits(TIMING.thanks_s + 1).screen == "out_of_service"


# -- time, language, priority ------------------------------------------------------------------------------


def test_an_untouched_kiosk_goes_back_to_the_start_in_the_offices_language():
    resident = Resident().taps_on("language:uk", "priority", "priority:disability", "group:identity")
    assert (resident.state.language, resident.state.priority) == ("uk", "disability")
    resident.waits(TIMING.idle_s + 0.5)
    assert resident.screen == "start"
    assert (resident.state.language, resident.state.priority) == (None, None)


def test_a_touch_anywhere_keeps_the_screen():
    resident = Resident().taps_on("group:identity").waits(TIMING.idle_s - 1).taps_on("nothing", after=0.1)
    assert resident.waits(TIMING.idle_s - 1).screen == "matters"


def test_a_touch_keeps_the_number_too():
    resident = Resident().taps_on("matter:business").is_answered().paper("printed").waits(TIMING.thanks_s - 1)
    assert resident.taps_on("nothing", after=0.1).waits(TIMING.thanks_s - 1).screen == "thanks"


def test_the_language_of_one_resident_is_not_that_of_the_next():
    resident = Resident().taps_on("language:en", "matter:business").is_answered().paper("printed")
    assert resident.did[0].request.language == "en"
    resident.taps_on("done", "matter:housing")
    assert resident.did[-1].request.language == "pl"


def test_a_priority_costs_two_taps_and_may_be_left_alone():
    resident = Resident().taps_on("priority")
    assert resident.screen == "priorities"
    resident.taps_on("priority:small-child")
    assert resident.screen == "start"
    resident.taps_on("matter:business")
    assert resident.did[0].request.priority == "small-child"
    assert resident.is_answered().taps_on("done").state.priority is None


def test_a_priority_can_be_taken_back():
    resident = Resident().taps_on("group:identity", "priority", "priority:elderly", "priority", "priority:none")
    assert resident.screen == "matters"
    assert resident.state.priority is None


# -- in service or not -------------------------------------------------------------------------------------


def test_a_kiosk_without_a_server_says_so_after_a_moment_and_comes_back_by_itself():
    resident = Resident(out=True)
    assert resident.screen == "starting"
    assert resident.waits(TIMING.grace_s + 0.5).screen == "out_of_service"
    resident.hears(LinkChanged(linked=True), BrokerHeard(up=True), MenuHeard(menu()))
    assert resident.screen == "start"


@pytest.mark.parametrize(
    ("went", "came"),
    [
        ([LinkChanged(linked=False)], [LinkChanged(linked=True), BrokerHeard(up=True)]),
        ([BrokerHeard(up=False)], [BrokerHeard(up=True)]),
    ],
)
def test_a_short_interruption_is_not_shown_and_a_long_one_is(went, came):
    resident = Resident().hears(*went).waits(TIMING.grace_s - 0.5)
    assert resident.screen == "start"
    assert resident.waits(1).screen == "out_of_service"
    assert resident.hears(*came).screen == "start"


def test_a_server_that_comes_back_without_a_broker_is_no_service():
    resident = Resident().hears(LinkChanged(linked=False)).waits(1).hears(LinkChanged(linked=True))
    assert resident.waits(TIMING.grace_s).screen == "out_of_service"
    assert resident.hears(BrokerHeard(up=True)).screen == "start"


def test_a_kiosk_is_closed_while_every_matter_is_closed():
    resident = Resident(office=menu(closed=EVERY_MATTER))
    assert resident.screen == "closed"
    assert resident.hears(MenuHeard(menu())).screen == "start"
    assert Resident(office=Menu({}, [], "2026-11-23", [], [], [])).screen == "closed"


def test_full_matters_do_not_close_the_kiosk():
    assert Resident(office=menu(full=EVERY_MATTER)).screen == "start"


def test_a_group_that_the_office_takes_away_is_left():
    resident = Resident().taps_on("group:identity")
    office = menu()
    rest = [category for category in office.categories if category.group != "identity"]
    resident.hears(MenuHeard(Menu(office.office, office.languages, office.day, office.groups, rest, [])))
    assert resident.screen == "start"


def test_time_alone_changes_nothing_on_the_start_screen():
    resident = Resident()
    before = resident.state
    assert resident.waits(TIMING.attract_s - 1, every=60).hears(Ticked()).state == before

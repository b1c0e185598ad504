"""A resident with a booked visit at the kiosk: the code typed or scanned, and every answer to it."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from broker.contract.messages import CheckInRequest
from kiosk.key_names import CODES
from kiosk.keyboard import Keyboard
from kiosk.keystrokes import Keystrokes
from kiosk.place import Asking, Attract, CheckIn, Pin, Priorities, Refused, Search, Start, Thanks
from kiosk.state import MenuHeard, Scanned
from tests.builders import NOON, menu
from tests.kiosk.listener import Listener
from tests.kiosk.resident import TIMING, Resident
from tests.kiosk.scenes import NOW, scene, states

OFFICE = replace(menu(), bookings=True)
CODE = "482913"


class Visitor(Resident):
    """A resident with a code."""

    def __init__(self, **fields):
        super().__init__(office=OFFICE, **fields)

    def types(self, digits):
        return self.taps_on(*(f"code:{digit}" for digit in digits))

    def checks_in(self, code=CODE):
        return self.taps_on("check_in").types(code).taps_on("code:confirm")

    def scans(self, code=CODE, after=1.0):
        self.waits(after)
        self.taps += 1
        return self.hears(Scanned(code, f"r{self.taps}"))

    @property
    def requests(self):
        return [action.request for action in self.did if type(action).__name__ == "Ask"]


# -- typed -------------------------------------------------------------------------------------------------------------


def test_a_typed_code_is_checked_in_and_its_ticket_printed():
    visitor = Visitor().taps_on("language:uk").checks_in()
    (request,) = visitor.requests
    assert request == CheckInRequest(visitor.asked[0], CODE, None, "uk")
    assert visitor.screen == "waiting"
    visitor.is_answered(number="D017", booked_at=NOON)
    assert (visitor.screen, visitor.printed) == ("thanks", ["D017"])


def test_a_chosen_priority_goes_with_the_code():
    visitor = Visitor().taps_on("priority", "priority:elderly").checks_in()
    assert visitor.requests[0].priority == "elderly"


def test_without_bookings_nobody_is_asked_for_a_code():
    visitor = Resident().taps_on("check_in")
    assert visitor.screen == "start"
    assert "check_in" not in {button.name for button in scene(states()["start"]).buttons}
    assert "check_in" in {button.name for button in scene(states()["visits are booked"]).buttons}


def test_digits_are_erased_one_by_one_and_a_seventh_is_not_taken():
    visitor = Visitor().taps_on("check_in").types("4829137")
    assert visitor.state.place == CheckIn(CODE)
    visitor.taps_on("code:erase", "code:erase")
    assert visitor.state.place == CheckIn("4829")


def test_less_than_six_digits_are_not_sent():
    visitor = Visitor().checks_in("48291")
    assert (visitor.screen, visitor.requests) == ("check_in", [])
    visitor.taps_on("code:confirm", "code:x", "code:12", "code:٣", "code:")
    assert visitor.state.place == CheckIn("48291")


def test_a_double_tap_on_confirm_asks_once():
    visitor = Visitor().checks_in().taps_on("code:confirm", after=0.1).taps_on("code:confirm", after=1.0)
    assert len(visitor.asked) == 1


def test_whoever_leaves_half_way_leaves_no_digit_to_the_next():
    visitor = Visitor().taps_on("check_in").types("4829").waits(TIMING.idle_s + 1)
    assert visitor.screen == "start"
    assert visitor.taps_on("check_in").state.place == CheckIn()


def test_the_way_back_leads_to_the_start():
    assert Visitor().taps_on("check_in", "code:4", "back").state.place == Start()


def test_a_broker_that_is_silent_is_asked_again_with_the_same_request():
    visitor = Visitor().checks_in().waits(TIMING.answer_s * TIMING.asks + 1)
    assert (len(visitor.asked), len(set(visitor.asked)), visitor.screen) == (TIMING.asks, 1, "no_ticket")


def test_a_late_number_of_a_visit_is_not_given_back_for_the_code_gives_no_other():
    visitor = Visitor().checks_in().waits(TIMING.answer_s * TIMING.asks + 1).taps_on("done")
    visitor.is_answered()
    assert (visitor.screen, visitor.told) == ("start", [])


# -- refused -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("unknown_booking", "Nie ma wizyty o tym kodzie. Sprawdź cyfry."),
        ("too_soon", "Za dużo błędnych kodów. Poczekaj minutę."),
    ],
)
def test_a_wrong_code_can_be_typed_again_at_once(code, words):
    visitor = Visitor().checks_in().is_refused(code)
    assert (visitor.screen, scene(visitor.state, now=visitor.now).advice) == ("check_in", words)
    visitor.types("4")
    assert scene(visitor.state, now=visitor.now).advice == ""


def test_a_used_code_shows_the_number_that_it_gave():
    visitor = Visitor().checks_in().is_refused("booking_used", number="D017")
    view = scene(visitor.state, now=visitor.now)
    assert (view.screen, view.heading, view.sign) == ("refused", "Ta wizyta ma już numer", "printed")
    assert (view.number, view.facts) == ("D017", ())


@pytest.mark.parametrize(
    ("language", "when"),
    [
        ("pl", "środa, 2 grudnia 2026, 10:30"),
        ("en", "Wednesday 2 December 2026, 10:30"),
        ("de", "Mittwoch, 2. Dezember 2026, 10:30"),
    ],
)
def test_a_visit_of_another_day_shows_which(language, when):
    at = NOON.replace(hour=10, minute=30) + timedelta(days=9)
    visitor = Visitor().checks_in().is_refused("wrong_day", booked_at=at)
    shown = scene(visitor.state, language, visitor.now).facts[0].value
    assert shown.replace(",", "") == when.replace(",", "")


@pytest.mark.parametrize("code", ["category_closed", "category_full", "storage_failed", "not_allowed", "of 2030"])
def test_whatever_else_is_refused_has_words_and_a_way_back(code):
    visitor = Visitor().checks_in().is_refused(code)
    view = scene(visitor.state, now=visitor.now)
    assert view.screen == "refused"
    assert view.heading
    assert visitor.taps_on("back").screen == "start"


def test_a_code_that_does_not_belong_to_an_answer_is_shown_without_facts():
    visitor = Visitor().checks_in().is_refused("wrong_day")
    assert scene(visitor.state, now=visitor.now).facts == ()


# -- too early, too late -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("booking", ["early", "late"])
@pytest.mark.parametrize(("paper", "on_glass"), [("printed", True), ("failed", False)])
def test_who_came_too_early_or_too_late_is_told_kindly(booking, paper, on_glass):
    thanks = states()["came late"]
    missed = replace(thanks.place.ticket, booking=booking)
    view = scene(replace(thanks, place=replace(thanks.place, ticket=missed, paper=paper)))
    words = "Wizyta była umówiona na 11:30. Ten numer liczy się od teraz."
    assert (words in view.lines, words in view.said) == (on_glass, not on_glass)


def test_who_came_in_time_is_told_nothing_of_it():
    thanks = states()["came late"]
    in_time = replace(thanks.place.ticket, booking="on_time")
    view = scene(replace(thanks, place=replace(thanks.place, ticket=in_time)))
    assert not [line for line in view.lines if "umówiona" in line]


# -- scanned -----------------------------------------------------------------------------------------------------------

OF_RESIDENTS = [
    Start(),
    Priorities(Start()),
    Search(Start(), "pra"),
    CheckIn("12"),
    CheckIn(trouble="unknown_booking"),
    Attract(NOW),
    Refused("fees", "category_full", NOW + 60),
]


@pytest.mark.parametrize("place", OF_RESIDENTS, ids=lambda place: type(place).__name__)
def test_a_scan_checks_in_on_every_screen_of_residents(place):
    visitor = Visitor()
    visitor.state = replace(visitor.state, place=place)
    visitor.scans()
    assert [request.code for request in visitor.requests] == [CODE]
    assert visitor.screen == "waiting"


def test_a_scan_at_somebody_elses_number_is_the_next_resident():
    visitor = Visitor().taps_on("language:uk", "group:identity", "matter:id-cards").is_answered(number="D016")
    visitor.scans()
    assert visitor.requests[-1] == CheckInRequest("r4", CODE, None, "pl")
    assert visitor.is_answered(number="D017").state.place.ticket.number == "D017"


def test_who_holds_the_code_to_the_scanner_twice_keeps_the_number_on_the_screen():
    visitor = Visitor().scans().is_answered(number="D017")
    for after in (0.1, 1.0, 5.0):
        visitor.scans(after=after)
    assert (len(visitor.asked), visitor.screen) == (1, "thanks")


def test_a_scan_while_the_broker_is_asked_is_not_heard():
    visitor = Visitor().scans().scans("000017")
    assert [request.code for request in visitor.requests] == [CODE]


@pytest.mark.parametrize("code", [CODE, ""])
def test_without_bookings_a_scan_does_nothing(code):
    visitor = Resident()
    before = visitor.state
    visitor.hears(Scanned(code, "r1"))
    assert (visitor.state, visitor.did) == (before, [])


def test_at_a_kiosk_that_can_give_no_number_a_scan_does_nothing():
    visitor = Visitor(out=True).hears(MenuHeard(OFFICE)).waits(TIMING.grace_s + 1).scans()
    assert (visitor.screen, visitor.asked) == ("out_of_service", [])


def test_the_staffs_screens_hear_no_scan():
    visitor = Visitor()
    visitor.state = replace(visitor.state, place=Pin("12"))
    assert visitor.scans().state.place == Pin("12")


def test_something_else_held_to_the_scanner_is_told_kindly_and_takes_nobodys_number_away():
    visitor = Visitor().scans("")
    assert scene(visitor.state, now=visitor.now).advice == "To nie jest kod wizyty. Wpisz jego sześć cyfr."
    thanks = Visitor().scans().is_answered()
    assert isinstance(thanks.scans("").state.place, Thanks)


# -- by keypad and by ear ----------------------------------------------------------------------------------------------


def test_who_cannot_see_types_the_code_by_keypad_and_hears_each_digit():
    resident = Listener(office=OFFICE)
    resident.presses("next").goes_to("check_in").presses("choose")
    assert resident.said[-1].startswith("Kod umówionej wizyty. Wpisz sześć cyfr")
    for digit in CODE:
        resident.goes_to(f"code:{digit}").presses("choose")
    assert resident.said[-1].startswith("4 8 2 9 1 3.")
    resident.goes_to("code:erase")
    assert resident.said[-1].startswith("Usuń")
    resident.goes_to("code:confirm").presses("choose")
    assert isinstance(resident.state.place, Asking)
    resident.is_refused("unknown_booking")
    assert "Nie ma wizyty o tym kodzie" in resident.said[-1]


def test_who_listens_hears_which_number_a_used_code_has():
    resident = Listener(office=OFFICE).presses("next")
    resident.hears(Scanned(CODE, "r9")).is_refused("booking_used", number="A017")
    assert resident.said[-1].startswith("Ta wizyta ma już numer: A, 17.")


# -- the keyboard ------------------------------------------------------------------------------------------------------


class Desk:
    """A keyboard and a scanner on the same wire; every key comes so many seconds after the one before."""

    def __init__(self, keys=None):
        self.now = 0.0
        self.heard = []
        self.keyboard = Keyboard(
            keys or {"choose": "enter", "next": "down"},
            self.heard.append,
            lambda code: self.heard.append(("scan", code)),
            Keystrokes(0.5),
            lambda: self.now,
        )

    def types(self, *names, apart_s):
        for name in names:
            self.now += apart_s
            assert self.keyboard._down(None, CODES[name]) is True, "no key is left to the desktop"
            self.keyboard._up(None, CODES[name])


def test_a_scan_is_heard_though_its_digits_repeat_and_its_enter_chooses_nothing(kiosk_window):
    desk = Desk()
    desk.types(*"555555", "enter", "enter", apart_s=0.01)
    assert desk.heard == [("scan", "555555")]


def test_the_keypad_and_a_persons_digits_stay_what_they_are(kiosk_window):
    desk = Desk()
    desk.types("down", *CODE, "enter", "down", apart_s=0.6)
    assert desk.heard == ["next", "choose", "next"]


def test_a_refusal_after_another_shows_its_own_words(glass):
    from tests.kiosk.reading import shown

    headings = []
    for name in ("used code", "another day", "used code"):
        glass.show(scene(states()[name]))
        headings.append(max(shown(glass), key=lambda label: label.font_size).text)
    assert headings == [
        "Ta wizyta ma już numer D017",
        "Wizyta jest umówiona na inny dzień",
        "Ta wizyta ma już numer D017",
    ]

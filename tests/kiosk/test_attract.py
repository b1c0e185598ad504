"""What stands on the screen while nobody is there."""

from msgspec.structs import replace

from kiosk.place import Attract
from kiosk.state import LinkChanged, MenuHeard
from tests.builders import menu
from tests.kiosk.listener import Listener
from tests.kiosk.resident import TIMING, Resident
from tests.kiosk.scenes import MESSAGES, scene


def alone(**fields):
    resident = Resident()
    resident.state = replace(resident.state, touched_at=resident.now, **fields)
    return resident.waits(TIMING.attract_s + 1, every=1)


def test_an_office_shows_its_messages_to_nobody_in_particular():
    assert alone().screen == "attract"
    assert alone().waits(3600, every=60).screen == "attract"


def test_a_kiosk_without_messages_says_what_it_is_and_how_to_begin_in_every_language():
    shown = scene(alone().state, now=300.0)
    assert shown.heading == "Tu weźmiesz numer do okienka"
    assert shown.lines == (
        "Dotknij ekranu, aby zacząć.",
        "Touch the screen to begin.",
        "Торкніться екрана, щоб почати.",
        "Zum Beginnen Bildschirm berühren.",
    )
    assert (shown.languages, shown.modes, shown.buttons) == ((), (), ())


def test_every_message_has_its_time_in_each_of_its_languages():
    resident = alone(messages=MESSAGES)
    seen = []
    for _ in range(4):
        seen.append(scene(resident.state, now=resident.now).heading)
        resident.waits(10)
    pages = ["Kasa czynna do 13:00.", "The cash desk is open until 13:00.", MESSAGES[1]["pl"]]
    assert seen == [*pages, pages[0]]


def test_the_first_touch_only_wakes_the_kiosk():
    resident = alone().taps_on("matter:business", after=0.1)
    assert (resident.screen, resident.asked) == ("start", [])
    assert resident.taps_on("matter:business").asked == ["r2"]


def test_the_first_key_wakes_it_and_starts_the_speech():
    resident = Listener()
    resident.state = replace(resident.state, place=Attract(resident.now), touched_at=resident.now)
    assert "W jakiej sprawie przychodzisz?" in resident.presses("next").said[-1]


def test_who_is_at_the_kiosk_is_not_interrupted():
    resident = Resident().taps_on("group:identity").waits(TIMING.idle_s - 1)
    assert resident.screen == "matters"


def test_a_kiosk_that_goes_out_of_service_says_so_over_its_messages():
    resident = alone().hears(LinkChanged(linked=False)).waits(3)
    assert resident.screen == "out_of_service"


def test_a_closed_office_says_so_over_its_messages():
    everything = {category.id for category in menu().categories}
    assert alone().hears(MenuHeard(menu(closed=everything))).screen == "closed"

"""Every screen of the kiosk, reached by real touches."""

import pytest
from msgspec.structs import replace

from kiosk.pin import keep_pin
from kiosk.service import COLOURS
from kiosk.volume import USUAL
from kiosk.wording import SCREENS
from tests.builders import menu, sample
from tests.kiosk.fake_broker import FakeBroker
from tests.kiosk.whole_kiosk import whole_kiosk

CLOSED = menu(closed={category["id"] for category in sample()["category"]})
NO_PRINTER = "file:/dev/null/no-printer"
SMALL = (432, 768)  # is drawn six times as fast
OF_RESIDENTS = {
    *("starting", "out_of_service", "start", "languages", "priorities", "matters", "search"),
    *("check_in", "waiting", "thanks", "refused", "no_ticket", "closed"),
}
OF_STAFF = {"start", "thanks", "reprints", "pin", "service", "screen_test"}
OF_NOBODY = {"attract", "start"}


@pytest.fixture
def broker(mosquitto):
    fake = FakeBroker(mosquitto.url, replace(menu(), bookings=True))
    yield fake
    fake.stop()


def touch_the_office_name_five_times(kiosk):
    kiosk.settles()
    for _ in range(5):
        kiosk.lift(kiosk.finger_at(0.5, 0.98))


def hold_the_office_name(kiosk, screen):
    """Keep a finger on the office's name until the kiosk shows this screen."""
    kiosk.settles()
    finger = kiosk.finger_at(0.5, 0.98)
    assert kiosk.until(lambda: kiosk.screen == screen, 30)
    kiosk.lift(finger)
    kiosk.comes_to(screen)


def test_every_screen_is_on_a_walk():
    assert set(SCREENS) == OF_RESIDENTS | OF_STAFF | OF_NOBODY


def test_a_finger_reaches_every_screen_of_residents_and_always_finds_a_way_on(
    kiosk_window, mosquitto, tmp_path, broker
):
    with whole_kiosk(kiosk_window, mosquitto.url, tmp_path, "--speech", "false", size=SMALL) as kiosk:
        kiosk.comes_to("starting")
        kiosk.comes_to("out_of_service")
        broker.start()
        kiosk.comes_to("start")
        kiosk.taps("language:de", "language:pl", "mode:contrast", "mode:low", "mode:large", "languages")
        kiosk.comes_to("languages")
        kiosk.taps("back", "mode:large", "priority")
        kiosk.comes_to("priorities")
        kiosk.taps("priority:elderly", "group:identity")
        kiosk.comes_to("matters")
        kiosk.taps("search")
        kiosk.comes_to("search")
        kiosk.taps(*(f"type:{letter}" for letter in "dowod"))
        broker.silent["ticket"] = 1
        kiosk.taps("matter:id-cards")
        kiosk.comes_to("waiting")
        kiosk.comes_to("thanks")
        assert broker.of("ticket")[0].priority == "elderly"
        kiosk.taps("done")
        kiosk.comes_to("start")
        broker.refuses = "category_full"
        kiosk.taps("business")
        kiosk.comes_to("refused")
        kiosk.taps("back")
        broker.silent["ticket"] = 100
        kiosk.taps("business")
        kiosk.comes_to("no_ticket")
        kiosk.taps("done")
        kiosk.comes_to("start")
        kiosk.taps("check_in")
        kiosk.comes_to("check_in")
        kiosk.taps(*(f"code:{digit}" for digit in "482913"), "code:confirm")
        assert kiosk.until(lambda: "Nie ma wizyty" in kiosk.stage.view.advice, 30)
        kiosk.taps("back")
        kiosk.comes_to("start")
        broker.publish_menu(CLOSED)
        kiosk.comes_to("closed")
        assert kiosk.screens == OF_RESIDENTS


def test_the_staff_reach_every_screen_of_theirs(kiosk_window, mosquitto, tmp_path, broker):
    keep_pin("2580", tmp_path / "pin")
    options = ("--speech", "false", "--service-pin", str(tmp_path / "pin"))
    broker.start()
    with whole_kiosk(kiosk_window, mosquitto.url, tmp_path, *options, size=SMALL, printer=NO_PRINTER) as kiosk:
        kiosk.comes_to("start")
        kiosk.taps("business")
        kiosk.comes_to("thanks")
        assert kiosk.until(lambda: kiosk.stage.view.paper == "failed", 30)
        kiosk.taps("done")
        hold_the_office_name(kiosk, "reprints")
        kiosk.taps("back")
        for key, screen in (("f11", "reprints"), ("f12", "pin")):
            kiosk.press(key)
            kiosk.comes_to(screen)
            kiosk.taps("back")
        touch_the_office_name_five_times(kiosk)
        kiosk.comes_to("pin")
        kiosk.taps(*(f"digit:{digit}" for digit in "1111"), "pin:check")
        assert kiosk.until(lambda: "To nie był właściwy PIN." in kiosk.stage.view.lines, 30)
        kiosk.taps(*(f"digit:{digit}" for digit in "2580"), "pin:check")
        kiosk.comes_to("service")
        kiosk.taps("screentest:")
        kiosk.comes_to("screen_test")
        kiosk.taps(*["screentest:"] * len(COLOURS))
        kiosk.comes_to("service")
        kiosk.taps("testprint:")
        assert kiosk.until(lambda: "nie wydrukowano" in kiosk.stage.view.choices[0].detail, 30)
        kiosk.taps("usual:up", "back")
        kiosk.comes_to("start")
        assert kiosk.screens == OF_STAFF
    with whole_kiosk(kiosk_window, mosquitto.url, tmp_path, size=SMALL) as kiosk:
        assert kiosk.app.state.usual == USUAL + 1, "remembered over the restart"


def test_a_touch_wakes_a_kiosk_that_shows_the_office_s_messages(kiosk_window, mosquitto, tmp_path, broker):
    broker.start()
    with whole_kiosk(kiosk_window, mosquitto.url, tmp_path, "--attract-s", "0.5", size=SMALL) as kiosk:
        kiosk.comes_to("attract")
        kiosk.lift(kiosk.finger_at(0.5, 0.5))
        kiosk.comes_to("start")
        assert kiosk.screens == OF_NOBODY


def test_no_desktop_closes_the_window(kiosk_window, mosquitto, tmp_path):
    with whole_kiosk(kiosk_window, mosquitto.url, tmp_path, size=SMALL):
        assert kiosk_window.dispatch("on_request_close"), "Alt and F4, or a cross in a corner, change nothing"

"""Every screen of the kiosk, reached by real touches."""

from kivy.base import EventLoop

from kiosk.rehearsal.fingers import Finger
from kiosk.wording import SCREENS
from tests.builders import menu, sample
from tests.kiosk.fake_broker import FakeBroker
from tests.kiosk.whole_kiosk import whole_kiosk

CLOSED = menu(closed={category["id"] for category in sample()["category"]})


def hold_the_office_name(kiosk, screen):
    """Keep a finger on the office's name until the kiosk shows this screen."""
    kiosk.settles()
    finger = Finger(0.5, 0.98)
    EventLoop.post_dispatch_input("begin", finger)
    assert kiosk.until(lambda: kiosk.screen == screen, 30)
    kiosk.lift(finger)
    kiosk.comes_to(screen)


def test_a_finger_reaches_every_screen_and_always_finds_a_way_on(kiosk_window, mosquitto, tmp_path):
    broker = FakeBroker(mosquitto.url, menu())
    no_printer = "file:/dev/null/no-printer"
    with whole_kiosk(
        kiosk_window, mosquitto.url, tmp_path, "--speech", "false", size=(432, 768), printer=no_printer
    ) as kiosk:
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
        kiosk.taps(*(f"type:{letter}" for letter in "dowody"))
        broker.silent["ticket"] = 1
        kiosk.taps("matter:id-cards")
        kiosk.comes_to("waiting")
        kiosk.comes_to("thanks")
        assert broker.of("ticket")[0].priority == "elderly"
        kiosk.taps("done")
        kiosk.comes_to("start")
        hold_the_office_name(kiosk, "reprints")
        kiosk.taps("back")
        broker.refuses = "category_full"
        kiosk.taps("business")
        kiosk.comes_to("refused")
        kiosk.taps("back")
        broker.silent["ticket"] = 100
        kiosk.taps("business")
        kiosk.comes_to("no_ticket")
        kiosk.taps("done")
        broker.publish_menu(CLOSED)
        kiosk.comes_to("closed")
    broker.stop()
    assert kiosk.screens == set(SCREENS)

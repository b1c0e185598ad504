"""From the first key to the ticket in the hand, without seeing anything: the screen is black."""

import pytest

from kiosk.printing.decoder import PrintedText, decoded
from kiosk.printing.paper import page_slots
from tests.builders import menu
from tests.kiosk.fake_broker import FakeBroker
from tests.kiosk.reading import picture_of
from tests.kiosk.speech.players import sounds
from tests.kiosk.whole_kiosk import whole_kiosk

HELP = "Ten automat mówi. Klawisze w dół i w górę prowadzą po ekranie, okrągły klawisz zatwierdza."


@pytest.fixture
def broker(mosquitto):
    fake = FakeBroker(mosquitto.url, menu())
    fake.start()
    yield fake
    fake.stop()


@pytest.fixture
def kiosk(kiosk_window, mosquitto, tmp_path, broker):
    with whole_kiosk(kiosk_window, mosquitto.url, tmp_path) as whole:
        whole.comes_to("start")
        yield whole


def in_the_dark(kiosk):
    kiosk.stage.opacity = 0
    kiosk.frames(2)
    assert picture_of(kiosk).getextrema() == ((0, 0), (0, 0), (0, 0))


def test_a_resident_who_cannot_see_takes_a_number_by_keypad_and_speech_alone(kiosk, broker, tmp_path):
    in_the_dark(kiosk)
    assert kiosk.presses("f1").startswith(HELP)
    assert kiosk.said()[-1].endswith(
        "W jakiej sprawie przychodzisz? Dotknij sprawy, aby pobrać numer. 7 pozycji do wyboru."
    )
    assert kiosk.presses("down").endswith("1 z 7.")
    assert kiosk.seeks("Dowody i meldunki.").endswith("Dowody osobiste, Ewidencja ludności. 2 z 7.")
    assert kiosk.presses("enter").startswith("Dowody i meldunki.")
    assert (
        kiosk.seeks("Dowody osobiste.")
        == "Dowody osobiste. 3 osoby czekają, od 5 do 15 minut, Stanowiska od 26 do 30. 1 z 2."
    )
    before = len(kiosk.said())
    kiosk.press("enter")
    assert kiosk.until(lambda: any("Twój numer: D 17." in said for said in kiosk.said()[before:]), 30)
    assert kiosk.until(lambda: kiosk.said()[-1] == "Odbierz bilet.", 30)
    number = next(said for said in kiosk.said() if said.startswith("Twój numer"))
    assert "Przed Tobą: 3 osoby. Czas oczekiwania: od 5 do 15 minut. Gdzie: Stanowiska od 26 do 30." in number
    assert kiosk.seeks("Gotowe")
    assert kiosk.presses("enter").startswith("Do widzenia.")
    assert kiosk.screen == "start"
    assert [(request.category, request.language) for request in broker.of("ticket")] == [("id-cards", "pl")]
    paper = decoded((tmp_path / "tickets" / "D017.bin").read_bytes(), page_slots("default"))
    assert "D017" in [part.words for part in paper if isinstance(part, PrintedText)]
    assert len(sounds(tmp_path / "sounds")) >= 8, "each was a real sound for the loudspeaker"


def test_a_resident_who_reads_only_ukrainian_hears_ukrainian(kiosk, broker):
    in_the_dark(kiosk)
    kiosk.presses("f15")  # headphones
    assert kiosk.seeks("Українська", "up")
    assert kiosk.presses("enter").startswith("З якою справою ви прийшли?")
    assert kiosk.seeks("Підприємницька діяльність.")
    before = len(kiosk.said())
    kiosk.press("enter")
    assert kiosk.until(lambda: any("Ваш номер: D 17." in said for said in kiosk.said()[before:]), 30)
    assert [(request.category, request.language) for request in broker.of("ticket")] == [("business", "uk")]
    kiosk.press("f16")
    assert kiosk.until(lambda: not kiosk.app.state.speaking), "headphones pulled out: silence"


def test_no_key_of_a_keyboard_leads_out_of_the_kiosk(kiosk):
    handled = [
        kiosk.window.dispatch("on_key_down", code, 0, "", modifiers)
        for code in (27, 282, 286, 292, 293, 285, 113, 119, 99, 9, 178)
        for modifiers in ([], ["ctrl"], ["alt"], ["ctrl", "alt"], ["meta"])
    ]
    assert all(handled), "Kivy hears of none of them"
    kiosk.comes_to("start")


def test_while_it_speaks_aloud_the_kiosk_says_so_for_the_walls(kiosk_window, mosquitto, tmp_path, broker):
    with whole_kiosk(kiosk_window, mosquitto.url, tmp_path, plays_s=60) as kiosk:
        kiosk.comes_to("start")
        kiosk.press("f1")
        assert kiosk.until(lambda: broker.healths and broker.healths[-1].speaking is True, 30)
        kiosk.press("f16")
        assert kiosk.until(lambda: broker.healths[-1].speaking is False, 30)


def test_a_touch_on_the_glass_cuts_short_what_is_being_said(kiosk_window, mosquitto, tmp_path, broker):
    with whole_kiosk(kiosk_window, mosquitto.url, tmp_path, plays_s=60) as kiosk:
        kiosk.comes_to("start")
        kiosk.press("f1")
        assert kiosk.until(lambda: sounds(tmp_path / "sounds"), 30)
        kiosk.lift(kiosk.finger_at(0.5, 0.99))
        assert kiosk.until(lambda: not kiosk.app._narrator.busy, 30)
        assert kiosk.app.state.speaking, "and is ready to say more"

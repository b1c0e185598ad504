"""From a resident's tap to the wall: four real programs, a real Mosquitto, a real window, a real serial line."""

import shutil
import socket
import time
from contextlib import contextmanager

import pytest

from kiosk.printing.decoder import PrintedPicture, PrintedQr, text_lines
from kiosk.printing.layout import layout
from kiosk.printing.lines import Text
from tests.clients import Client, eventually
from tests.journeys.hall import Hall
from tests.journeys.programs import KIOSK_SIZE, Kiosk
from tests.journeys.sights import places_of, shows_board, shows_number
from tests.journeys.virtual_screen import touch, virtual_screen

QUIET_S = 0.2  # a wired key that was quiet so long has been let go


@pytest.fixture(scope="module")
def running_hall(tmp_path_factory):
    with Hall(tmp_path_factory.mktemp("hall"), "26", "27") as hall:
        yield hall


@pytest.fixture
def hall(running_hall):
    """The hall with its kiosk at the start, both desks free and nobody waiting; afterwards nothing was doubled."""
    hall = running_hall
    if hall.kiosk.screen == "thanks":
        hall.kiosk.tap("done")
    assert hall.kiosk.shows("start")
    if hall.keypad_desk.keypad.panel[0] != "WOLNE":
        hall.patient("26")
        hall.keypad_desk.press("N")
        assert hall.keypad_desk.reads("WOLNE", "NIKT NIE CZEKA")
    yield hall
    hall.check()


def test_a_resident_taps_holds_a_ticket_and_is_called_with_a_key_of_the_serial_keypad(hall, wall):
    number = hall.take("group:identity", "id-cards")
    ticket = hall.answer(number)
    paper = hall.kiosk.paper(number)
    said = text_lines(paper)
    assert {number, "Dowody osobiste", "Stanowiska 26-30", "Nikt nie czeka przed Tobą"} <= set(said)
    assert said == [line.words.replace("–", "-") for line in layout(ticket, hall.menu, "pl") if isinstance(line, Text)]
    assert [part.content for part in paper if isinstance(part, PrintedQr)] == [f"{number} {ticket.issued_at:%F %R}"]
    assert hall.ticket(number)["printed"] == "printed"
    assert hall.keypad_desk.reads("WOLNE", "CZEKA: 1")
    hall.keypad_desk.press("N")
    assert hall.keypad_desk.reads(f"{number} WEZWANY", "NIKT NIE CZEKA")
    (call,) = hall.called(number)
    hall.shown(call["call"])
    assert hall.board.calls[0].number == number
    assert hall.board.calls[0].desk == "26"
    assert shows_board(hall, wall)
    (line,) = [line for line in hall.wall.announced() if line["number"] == number]
    assert (line["desk"], line["kind"], line["spoken"]) == ("26", "call", True)
    assert line["text"].startswith("Numer D ")
    assert line["text"].endswith(", stanowisko dwadzieścia sześć.")
    assert hall.wall.played() == len(hall.wall.announced())
    hall.keypad_desk.press("S")
    assert hall.keypad_desk.reads(f"{number} W OBSLUDZE")
    hall.keypad_desk.press("F")
    assert hall.keypad_desk.reads("WOLNE")
    assert hall.ticket(number)["status"] == "served"


def test_a_resident_is_called_and_called_again_with_wired_keys(hall, wall):
    number = hall.take("group:identity", "id-cards")
    hall.pin_desk.press("next")
    (call,) = hall.called(number)
    hall.shown(call["call"])
    hall.pin_desk.press("recall")
    hall.shown(call["call"] + 1)
    assert shows_board(hall, wall)
    lines = [line for line in hall.wall.announced() if line["number"] == number]
    assert [(line["desk"], line["kind"], line["spoken"]) for line in lines] == [
        ("27", "call", True),
        ("27", "recall", True),
    ]
    hall.pin_desk.press("start")
    assert eventually(lambda: hall.pin_desk.status == "serving")
    assert hall.ticket(number)["status"] == "serving"


def test_a_resident_who_reads_ukrainian_gets_a_ticket_in_ukrainian(hall):
    number = hall.take("language:uk", "group:identity", "id-cards")
    paper = hall.kiosk.paper(number)
    assert text_lines(paper)[:3] == ["Urząd Miejski w Dąbrowie Górniczej", number, "(Dowody osobiste)"]
    drawn = [part for part in paper if isinstance(part, PrintedPicture)]
    assert len(drawn) >= 4
    assert all(any(picture.rows) for picture in drawn)
    assert [event["language"] for event in hall.events("TicketIssued") if event["number"] == number] == ["uk"]
    hall.keypad_desk.press("N")
    (call,) = hall.called(number)
    hall.shown(call["call"])
    assert hall.wall.announced()[-1]["text"].startswith("Numer D ")


def test_a_double_tap_is_one_ticket(hall):
    tickets, asked = len(hall.rows("SELECT * FROM tickets")), len({r["request_id"] for r in hall.asked("ticket")})
    hall.kiosk.told("tap group:identity", "double-tap id-cards")
    number = hall.new_number(tickets)
    assert hall.kiosk.shows("thanks")
    hall.kiosk.tap("done")
    assert hall.kiosk.shows("start")
    assert len(hall.rows("SELECT * FROM tickets")) == tickets + 1
    assert len({request["request_id"] for request in hall.asked("ticket")}) == asked + 1
    hall.keypad_desk.press("N")
    (call,) = hall.called(number)
    hall.shown(call["call"])


def test_a_clerk_who_calls_where_nobody_waits_reads_so_on_the_keypad(hall):
    calls = hall.events("TicketCalled")
    assert hall.keypad_desk.reads("WOLNE", "NIKT NIE CZEKA")
    hall.patient("26")
    hall.keypad_desk.press("N")
    assert hall.keypad_desk.reads("NIKT NIE CZEKA", " ")
    assert hall.keypad_desk.reads("WOLNE", "NIKT NIE CZEKA")
    assert hall.events("TicketCalled") == calls


def test_a_key_that_bounces_or_is_pressed_twice_calls_one_resident(hall):
    resident = Client(hall.url, "kiosk-9").start()
    numbers = [resident.ask("ticket", category="id-cards")["ticket"]["number"] for _ in range(2)]
    resident.stop()
    hall.patient("27")
    asked = len(hall.asked("next"))
    for _ in range(5):
        hall.pin_desk.press("next")
    (call,) = hall.called(numbers[0])
    time.sleep(QUIET_S)
    hall.pin_desk.press("next")
    assert eventually(lambda: len({request["request_id"] for request in hall.asked("next")[asked:]}) == 2)
    hall.shown(call["call"])
    assert hall.ticket(numbers[1])["status"] == "waiting"
    hall.patient("27")
    hall.pin_desk.press("next")
    (call,) = hall.called(numbers[1])
    hall.shown(call["call"])


@contextmanager
def another_kiosk(hall, name, **options):
    kiosk = Kiosk(hall.folder / name, hall.url, name=name, **options).start()
    try:
        assert kiosk.shows("start"), kiosk.said
        yield kiosk
    finally:
        status = kiosk.stop()
    assert status == 0
    assert "Traceback" not in kiosk.said


def test_a_ticket_that_no_printer_takes_stays_on_the_screen_and_is_called_all_the_same(hall, glass):
    with socket.socket() as refusing:
        refusing.bind(("127.0.0.1", 0))  # taken, but nobody listens
        printer = f"network:127.0.0.1:{refusing.getsockname()[1]}"
        with another_kiosk(hall, "kiosk-2", printer=printer, options=("--thanks-s", 0.5)) as kiosk:
            number = hall.take("group:identity", "id-cards", kiosk=kiosk)
            assert hall.ticket(number)["printed"] == "failed"
            assert shows_number(hall, glass, kiosk, number, "failed")
            assert eventually(lambda: hall.health("kiosk-2") == "degraded")
            hall.keypad_desk.press("N")
            (call,) = hall.called(number)
            hall.shown(call["call"])
            assert kiosk.screen == "thanks"
            assert shows_number(hall, glass, kiosk, number, "failed")


def test_two_clerks_who_press_next_at_the_same_moment_call_two_residents(hall):
    resident = Client(hall.url, "kiosk-9").start()
    rounds = (("26", "27"), ("27", "26"), ("26", "27"))
    numbers = [resident.ask("ticket", category="id-cards")["ticket"]["number"] for _ in range(2 * len(rounds) - 1)]
    resident.stop()
    press = {"26": lambda: hall.keypad_desk.press("N"), "27": lambda: hall.pin_desk.press("next")}
    before = len(hall.events("TicketCalled"))
    for count, (first, second) in enumerate(rounds, start=1):
        hall.patient("26")
        hall.patient("27")
        asked = len(hall.asked("next"))
        press[first]()
        press[second]()
        assert eventually(lambda: len({r["request_id"] for r in hall.asked("next")[asked:]}) == 2)  # noqa: B023
        called = min(2 * count, len(numbers))
        assert eventually(lambda: len(hall.events("TicketCalled")) == before + called)  # noqa: B023
    calls = hall.events("TicketCalled")[before:]
    assert [call["number"] for call in calls] == numbers
    assert [{call["desk"] for call in calls[at : at + 2]} for at in (0, 2)] == [{"26", "27"}] * 2
    hall.shown(calls[-1]["call"])


@pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")
def test_a_finger_on_a_real_x_window_takes_a_ticket(hall, glass):
    group, matter = places_of(hall, glass, "group:identity", "id-cards")
    tickets = len(hall.rows("SELECT * FROM tickets"))
    with (
        virtual_screen(*KIOSK_SIZE) as screen,
        another_kiosk(hall, "kiosk-3", environment=screen) as kiosk,
    ):
        touch(screen, *group)
        assert kiosk.shows("matters")
        touch(screen, *matter)
        number = hall.new_number(tickets)
        assert number in text_lines(kiosk.paper(number))
        assert shows_number(hall, glass, kiosk, number, "printed")
    hall.keypad_desk.press("N")
    (call,) = hall.called(number)
    hall.shown(call["call"])

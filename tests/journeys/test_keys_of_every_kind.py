"""From the press of a key to the board, for every kind of keypad and every key: a real broker, a real Mosquitto."""

import json
import time
from functools import partial
from itertools import pairwise
from string import ascii_uppercase, digits

import pytest

from broker.contract import topics
from broker.mosquitto import PrivateMosquitto
from desk_terminal.keys import Key
from tests.clients import Client, eventually
from tests.journeys.desk_under_hand import DeskUnderHand
from tests.journeys.hands import BusHand, LinesHand, MatrixHand, PinHand, SerialHand, UsbHand
from tests.proof.turns import logged
from tests.running_broker import RunningBroker, office_with

DESK = "30"
EVERY_KEY = [key.value for key in Key]
ACTING = [key.value for key in Key if not key.typed]
CODE = 8  # characters of a clerk's code at most
TRANSFER = '[transfer]\n"2" = { category = "population" }'
# A Raspberry Pi has not pins enough for a button for every key.
KEYPADS = {
    "pins, what acts and digits": (PinHand, [*ACTING, *digits]),
    "pins, letters": (PinHand, ["open", "close", *ascii_uppercase]),
    "matrix": (MatrixHand, EVERY_KEY),
    "serial bytes": (SerialHand, EVERY_KEY),
    "serial lines": (LinesHand, EVERY_KEY),
    "RS-485": (BusHand, EVERY_KEY),
    "USB": (UsbHand, EVERY_KEY),
}


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    office = office_with(double_press_s=0).replace('letter = "D"\n', 'letter = "D"\nfirst_number = 123\n', 1)
    broker = RunningBroker(tmp_path_factory.mktemp("hall"), f"embedded:{PrivateMosquitto().port}", office=office)
    broker.start()
    yield broker.ready()
    broker.close()


@pytest.fixture
def kiosk(hall):
    kiosk = hall.client("kiosk-1", "okienko/state/#")
    assert eventually(lambda: {topics.BOARD, topics.desk(DESK)} <= kiosk.states.keys())
    yield kiosk
    kiosk.stop()


@pytest.fixture
def sit_down(hall, tmp_path):
    """Return a function that makes a keypad with these keys and starts its desk, which is closed."""
    started = []

    def sit_down(kind, keys, more=""):
        desk = DeskUnderHand(tmp_path, hall.url, DESK, kind(keys, tmp_path), more).__enter__()
        started.append(desk)
        assert desk.reads("ZAMKNIETE"), desk.panel
        return desk

    yield sit_down
    for desk in started:
        desk.__exit__()
    cleaner = hall.client("cleaner")
    cleaner.ask("close", desk=DESK)
    cleaner.stop()


@pytest.fixture
def at_desk(hall):
    """Return a function that says whether the newest event of a kind in the log comes to be this one at the desk."""

    def newest(kind):
        return next((event for logged_kind, event in reversed(logged(hall.database)) if logged_kind == kind), {})

    return lambda kind, **fields: eventually(lambda: ({"desk": DESK} | fields).items() <= newest(kind).items())


@pytest.fixture
def asked_next(hall):
    """Return the ids of all requests for the next resident, as a bystander hears them."""
    heard = set()
    bystander = Client(hall.url, "bystander")
    bystander.bus.watch_raw(
        topics.request("+", "next"), lambda _, payload: heard.add(json.loads(payload)["request_id"])
    )
    bystander.start()
    yield heard
    bystander.stop()


def on_the_wall(kiosk, number, kind="call"):
    """Whether the board comes to show this as the newest call of all, at our desk."""
    wanted = {"number": number, "kind": kind, "desk": DESK}
    return eventually(
        lambda: [call for call in kiosk.states[topics.BOARD]["calls"][:1] if wanted.items() <= call.items()]
    )


def state(kiosk, **fields):
    """Whether the desk's state comes to have these fields."""
    return eventually(lambda: fields.items() <= kiosk.states[topics.desk(DESK)].items())


@pytest.mark.parametrize("keypad", KEYPADS)
def test_every_key_does_what_it_says(kiosk, sit_down, at_desk, keypad):
    kind, keys = KEYPADS[keypad]
    desk = sit_down(kind, keys, TRANSFER)
    typed = [key for key in keys if len(key) == 1]
    for at in range(0, len(typed), CODE):
        code = "".join(typed[at : at + CODE])
        desk.type(code)
        desk.tap("open")
        assert at_desk("DeskOpened", clerk=code)
        assert desk.reads("WOLNE")
        desk.tap("close")
        assert at_desk("DeskClosed")
        assert desk.reads("ZAMKNIETE")
    if "next" in keys:
        numbers = [kiosk.take("id-cards")["number"] for _ in range(3)]
        desk.tap("open_close")
        assert desk.reads("WOLNE", "CZEKA: 3")
        one_comes_and_comes_back(kiosk, desk, at_desk, numbers[0])
        two_do_not_come(kiosk, desk, at_desk, *numbers[1:])
        one_is_sent_on(kiosk, desk, at_desk, numbers[2])


def one_comes_and_comes_back(kiosk, desk, at_desk, number):
    call(kiosk, desk, number)
    desk.tap("recall")
    assert on_the_wall(kiosk, number, "recall")
    assert desk.reads(number, "WEZWANY PONOWNIE")
    desk.tap("start")
    assert state(kiosk, status="serving")
    assert desk.reads(f"{number} W OBSLUDZE")
    desk.tap("hold")
    assert state(kiosk, status="free", held=[number])
    assert desk.reads(number, "ODLOZONY")
    desk.type(number[1:])
    desk.tap("resume")
    assert state(kiosk, status="free", waiting=3)
    assert desk.reads(number, "ZNOW W KOLEJCE")
    desk.type(number[1:])
    assert desk.reads(f"NUMER: {number[1:]}")
    call(kiosk, desk, number, "call")
    desk.tap("finish")
    assert at_desk("ServiceFinished", number=number, by="finish")
    assert desk.reads("WOLNE", "CZEKA: 2")


def two_do_not_come(kiosk, desk, at_desk, absent, mistaken):
    call(kiosk, desk, absent)
    desk.tap("no_show")
    assert at_desk("TicketNoShow", number=absent)
    assert desk.reads(absent, "NIEOBECNOSC")
    call(kiosk, desk, mistaken)
    desk.tap("undo")
    assert on_the_wall(kiosk, absent)
    assert desk.reads("COFNIETO", mistaken)


def one_is_sent_on(kiosk, desk, at_desk, number):
    call(kiosk, desk, number)
    desk.type("2")
    desk.tap("transfer")
    assert at_desk("TicketTransferred", number=number, category="population")
    assert desk.reads(number, "PRZEKAZANY")
    desk.type("9")
    desk.tap("clear")
    desk.tap("pause")
    assert at_desk("DeskPaused", reason=None)
    assert desk.reads("PRZERWA")
    desk.tap("open_close")
    assert desk.reads("WOLNE", "CZEKA: 1")
    call(kiosk, desk, number)
    desk.tap("open_close")
    assert desk.reads("ZAMKNIETE")
    assert at_desk("DeskClosed")


def call(kiosk, desk, number, key="next"):
    desk.tap(key)
    assert on_the_wall(kiosk, number)
    assert desk.reads(f"{number} WEZWANY")


# -- one press is one call -------------------------------------------------------------------------------------

BOUNCES, BOUNCING_S, QUIET_S = 5, 0.05, 0.05
WIRED = {"pins": PinHand, "matrix": MatrixHand, "serial": partial(SerialHand, repeat_s=0.5), "USB": UsbHand}


def bounce(hand, key):
    """Close and open a contact so often in so short a time, then press it; false where the machine stood still."""
    edges = []
    for _ in range(BOUNCES):
        for move in (hand.down, hand.up):
            move(key)
            edges.append(time.monotonic())
            time.sleep(BOUNCING_S / BOUNCES / 2)
    hand.down(key)
    return max(after - before for before, after in pairwise([*edges, time.monotonic()])) < QUIET_S


def one_call(hall, kiosk, desk, asked_next, numbers):
    """Assert that the key called the first of these and nobody else, by what happens when another key follows it."""
    assert on_the_wall(kiosk, numbers[0])
    assert desk.reads(f"{numbers[0]} WEZWANY")
    desk.hand.up("next")
    desk.tap("recall")
    assert on_the_wall(kiosk, numbers[0], "recall")
    assert len(asked_next) == 1
    called = [event["number"] for _, event in logged(hall.database, "TicketCalled")]
    assert (called[-1], numbers[1] in called) == (numbers[0], False)


@pytest.fixture
def leave(kiosk):
    """Return a function that closes the desk and sends those away who wait."""

    def leave(desk, numbers):
        desk.tap("close")
        assert eventually(lambda: kiosk.states[topics.desk(DESK)]["status"] == "closed")
        for number in numbers:
            kiosk.ask("cancel", number=number)

    return leave


@pytest.mark.parametrize("kind", WIRED)
def test_a_key_that_bounces_five_times_in_50_ms_calls_one_resident(hall, kiosk, sit_down, asked_next, leave, kind):
    desk = sit_down(WIRED[kind], ["open", "close", "next", "recall"])
    for _ in range(10):
        numbers = [kiosk.take("id-cards")["number"] for _ in range(2)]
        asked_next.clear()
        desk.tap("open")
        assert desk.reads("WOLNE", "CZEKA: 2")
        if bounce(desk.hand, "next"):
            one_call(hall, kiosk, desk, asked_next, numbers)
            leave(desk, numbers)
            break
        # Then it was not bouncing but pressing twice; once more, without counting.
        leave(desk, numbers)
    else:
        pytest.fail("the machine never kept still for 50 ms")


def test_a_keypad_on_rs_485_that_repeats_each_line_three_times_calls_one_resident(
    hall, kiosk, sit_down, asked_next, leave
):
    desk = sit_down(BusHand, ["open", "close", "next", "recall"])
    desk.hand.bus.to_computer = lambda frame: [frame] * 3
    desk.hand.bus.to_keypads = lambda frame: [frame] * 3
    numbers = [kiosk.take("id-cards")["number"] for _ in range(2)]
    desk.tap("open")
    assert desk.reads("WOLNE", "CZEKA: 2")
    desk.tap("next")
    one_call(hall, kiosk, desk, asked_next, numbers)
    leave(desk, numbers)


@pytest.mark.parametrize("kind", [PinHand, MatrixHand, UsbHand])
def test_a_key_that_is_held_down_has_its_second_meaning_alone(kiosk, sit_down, leave, kind):
    keys = ["open", "close", "next", "start"]
    section = {PinHand: "gpio", MatrixHand: "matrix", UsbHand: "usb"}[kind]
    desk = sit_down(kind, keys, f'long_press_s = 0.3\n[{section}.long]\nstart = "undo"\n')
    number = kiosk.take("id-cards")["number"]
    desk.tap("open")
    assert desk.reads("WOLNE", "CZEKA: 1")
    call(kiosk, desk, number)
    desk.hand.down("start")
    assert desk.reads("COFNIETO", number)
    assert state(kiosk, status="free", waiting=1)
    desk.hand.up("start")
    leave(desk, [number])

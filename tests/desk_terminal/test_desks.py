"""Several desks on one process, and what a clerk types, holds down, sees and hears: on a real Mosquitto."""

import threading
import time

import pytest

from broker.contract import topics
from broker.contract.bus import Bus, Server
from broker.contract.messages import Health
from tests.desk_terminal.doubles import desk, eventually

FREE = ("WOLNE", "CZEKA: 4")
KEYS = """
[serial.keys]
"N" = "next"
"C" = "call"
"H" = "hold"
"M" = "resume"
"U" = "undo"
"P" = "pause"
"E" = "clear"
"0" = "0"
"1" = "1"
"2" = "2"
"7" = "7"
"""


def one_desk(keypad):
    return f'[serial]\nport = "{keypad.port}"\nrepeat_s = 0.05\n{KEYS}'


def two_desks(keypad):
    return f"""
[[desks]]
desk = "30"
gpio = {{ keys = {{ next = 17, recall = 27, clear = 22 }}, lamp = 18, buzzer = 12, long = {{ next = "undo" }} }}
[[desks]]
desk = "31"
serial = {{ port = "{keypad.port}" }}
gpio = {{ lamp = 19, buzzer = 13 }}
"""


@pytest.fixture
def hall(broker, pins, keypad, run_desk):
    """Return the terminal of desks 30 (on pins) and 31 (a serial keypad), when both know their state."""
    broker.tell(desk("free", 4, desk_id="31"))
    terminal = run_desk(two_desks(keypad), "--id", "desks-hall")
    assert eventually(lambda: all(station.view.desk for station in terminal.stations.values()))
    assert eventually(lambda: keypad.panel == FREE)
    return terminal


@pytest.fixture
def health(mosquitto):
    """Collect what the desks say of their health."""
    bus, heard = Bus(Server.from_url(mosquitto.url), "watcher", "test"), []
    bus.watch(topics.health("desks-hall"), Health, heard.append)
    bus.start()
    yield heard
    bus.stop()


def push(pins, number, held_s=0.0):
    pins.pin(number).drive_low()
    time.sleep(held_s)
    pins.pin(number).drive_high()


# -- typed numbers -----------------------------------------------------------------------------------------------------


def test_a_clerk_sees_the_number_grow_and_calls_it(broker, keypad, run_desk):
    run_desk(one_desk(keypad))
    assert eventually(lambda: keypad.panel == FREE)
    for digit, shown in (("0", "0"), ("1", "01"), ("7", "017")):
        keypad.press(digit)
        assert eventually(lambda shown=shown: keypad.panel == (f"NUMER: {shown}", "CZEKA: 4"))
    keypad.press("C")
    assert eventually(lambda: keypad.panel == ("D017 WEZWANY", "CZEKA: 3"))
    ((verb, request),) = broker.requests
    assert (verb, request.number) == ("call", "017")


def test_a_number_that_may_be_two_is_chosen_by_a_digit(broker, keypad, run_desk):
    broker.refusals = {"call": ["D017", "P017"]}
    run_desk(one_desk(keypad))
    assert eventually(lambda: keypad.panel == FREE)
    keypad.send(b"17C")
    assert eventually(lambda: keypad.panel == ("1 D017 2 P017", " "))
    keypad.send(b"2C")
    assert eventually(lambda: keypad.panel == ("D017 WEZWANY", "CZEKA: 3"))
    assert [(verb, request.number) for verb, request in broker.requests] == [("call", "17"), ("call", "P017")]


def test_a_key_without_its_number_asks_for_it_and_never_asks_the_broker(broker, keypad, run_desk):
    run_desk(one_desk(keypad))
    assert eventually(lambda: keypad.panel == FREE)
    keypad.press("C")
    assert eventually(lambda: keypad.panel == ("PODAJ NUMER", "I NACISNIJ ZNOW"))
    keypad.press("1")
    assert eventually(lambda: keypad.panel == ("NUMER: 1", "CZEKA: 4"))
    keypad.press("E")
    assert eventually(lambda: keypad.panel == FREE)
    keypad.press("U")
    assert eventually(lambda: keypad.panel == ("COFNIETO", "D017"))
    assert broker.verbs == ["undo"]


# -- several desks -----------------------------------------------------------------------------------------------------


def test_each_desk_asks_for_itself_and_shows_itself(broker, pins, keypad, hall):
    keypad.press("N")
    assert eventually(lambda: keypad.panel == ("D017 WEZWANY", "CZEKA: 3"))
    assert hall.stations["30"].view.desk.status == "free"
    push(pins, 27)
    assert eventually(lambda: broker.verbs == ["next", "recall"])
    assert [request.desk for _, request in broker.requests] == ["31", "30"]


def test_a_desk_that_waits_for_its_answer_does_not_keep_the_other_waiting(broker, pins, keypad, hall):
    broker.silent = True
    push(pins, 27)
    assert eventually(lambda: broker.verbs == ["recall"])
    broker.silent = False
    keypad.press("N")
    assert eventually(lambda: keypad.panel == ("D017 WEZWANY", "CZEKA: 3"))
    assert hall.stations["30"].view.asking is not None
    assert eventually(lambda: broker.verbs == ["recall", "next", "recall"])
    assert eventually(lambda: hall.stations["30"].view.asking is None)


def test_both_desks_tell_that_the_connection_is_gone_and_the_truth_within_a_second_of_its_return(
    broker, pins, keypad, hall, mosquitto
):
    took_s = []
    for waiting in (2, 3):
        mosquitto._process.kill()
        mosquitto._process.wait()
        assert eventually(lambda: keypad.panel == ("BRAK POLACZENIA", "POCZEKAJ CHWILE"))
        assert eventually(lambda: hall.stations["30"].view.away)
        push(pins, 27)
        assert eventually(lambda: hall.stations["30"].view.notice)
        mosquitto.mind()
        assert eventually(lambda: broker.bus.linked and hall._bus.linked)
        back = time.monotonic()
        broker.tell(desk("free", waiting, desk_id="31"))
        broker.tell(desk("free", 5))
        assert eventually(lambda waiting=waiting: keypad.panel == ("WOLNE", f"CZEKA: {waiting}"))
        assert eventually(lambda: hall.stations["30"].view.desk and not hall.stations["30"].view.notice)
        took_s.append(time.monotonic() - back)
    assert min(took_s) < 1
    assert broker.verbs == []


def test_a_keypad_that_never_stops_sending_does_not_keep_the_other_desk_waiting(broker, pins, keypad, hall):
    stopping = threading.Event()

    def babble():
        while not stopping.is_set():
            keypad.send(b"NR" * 1000)

    babbling = threading.Thread(target=babble)
    babbling.start()
    assert eventually(lambda: "31" in [request.desk for _, request in broker.requests])
    push(pins, 17, held_s=0.1)
    assert eventually(lambda: ("next", "30") in [(verb, request.desk) for verb, request in broker.requests])
    stopping.set()
    babbling.join()
    asked = [(verb, request.desk) for verb, request in broker.requests]
    assert len(asked) == len(set(asked))


def test_a_desk_that_the_office_does_not_have_is_reported_until_it_has(broker, pins, keypad, run_desk, health):
    run_desk(two_desks(keypad), "--id", "desks-hall")
    assert eventually(lambda: health and health[-1].status == "degraded")
    problem = health[-1].problems[0]
    assert (problem.code, problem.detail) == (
        "unknown_desk",
        "desk 31: the broker tells nothing of it; it should be a [[desk]] of office.toml",
    )
    broker.tell(desk("free", 4, desk_id="31"))
    assert eventually(lambda: health[-1].status == "up")


def test_a_desk_that_the_office_has_no_more_says_so_at_once_and_the_other_goes_on(broker, keypad, hall, health):
    broker.bus.publish(topics.desk("31"), b"", retain=True)
    assert eventually(lambda: keypad.panel == ("NIEZNANE", "STANOWISKO"))
    assert eventually(lambda: health and health[-1].status == "degraded")
    assert [problem.code for problem in health[-1].problems] == ["unknown_desk"]
    assert hall.stations["30"].view.desk
    assert "bad_messages" not in {name for name, count in health[-1].counters.items() if count}
    broker.tell(desk("free", 4, desk_id="31"))
    assert eventually(lambda: keypad.panel == FREE)
    assert eventually(lambda: health[-1].status == "up")


def test_the_desk_whose_keypad_is_gone_is_named_and_the_other_is_not_alarmed(keypad, hall, health):
    keypad.unplug()
    assert eventually(lambda: health and health[-1].status == "degraded")
    assert [problem.detail for problem in health[-1].problems] == [f"desk 31: {keypad.port}: not plugged in"]
    assert hall.stations["31"].view.keypad_fault
    assert not hall.stations["30"].view.keypad_fault
    keypad.replug()
    assert eventually(lambda: health[-1].status == "up")


# -- held down, seen and heard -----------------------------------------------------------------------------------------


def test_next_held_down_takes_back_the_last_press(broker, pins, hall):
    pins.pin(17).drive_low()
    assert eventually(lambda: broker.verbs == ["undo"])
    pins.pin(17).drive_high()
    assert eventually(lambda: hall.stations["30"].view.asking is None)
    time.sleep(0.1)  # the finger comes down again
    push(pins, 17, held_s=0.06)
    assert eventually(lambda: broker.verbs == ["undo", "next"])


def test_a_refusal_is_seen_and_heard_at_its_own_desk_in_less_than_a_blink(broker, pins, keypad, hall):
    broker.refusals = {"recall": "nothing_waiting"}
    broker.tell(desk("closed"))
    lamp, buzzer, other = pins.pin(18), pins.pin(12), pins.pin(13)
    took_s = []
    for _ in range(5):
        assert eventually(lambda: not (lamp.state or buzzer.state or hall.stations["30"].view.notice))
        lamp.clear_states()
        buzzer.clear_states()
        pressed = time.monotonic()
        push(pins, 27)
        assert eventually(lambda: len(lamp.states) > 1 and len(buzzer.states) > 1)
        took_s.append(time.monotonic() - pressed)
        assert eventually(lambda: len(buzzer.states) == 5)
        push(pins, 22)
    assert min(took_s) < 0.1
    assert len(other.states) == 1


def test_a_resident_sent_to_a_desk_is_heard_there_once(broker, pins, hall):
    buzzer, other = pins.pin(13), pins.pin(12)
    for waiting in (4, 5, 6):
        broker.tell(desk("free", waiting, desk_id="31", sent_here=1))
        assert eventually(lambda waiting=waiting: hall.stations["31"].view.desk.waiting == waiting)
    assert eventually(lambda: len(buzzer.states) == 3)
    broker.tell(desk("free", 7, desk_id="31", sent_here=2))
    assert eventually(lambda: len(buzzer.states) == 5)
    assert len(other.states) == 1

"""A desk from the finger to the broker and back: main() in a thread, mock pins, pseudo-terminals, a real Mosquitto."""

import time

import pytest

from broker.contract import topics
from broker.contract.bus import Bus, Server
from broker.contract.messages import Health
from broker.rehearsal.keypad_bus import KeypadBus
from tests.desk_terminal.doubles import AnsweringBroker, desk, eventually

PINS = """
debounce_s = 1.0
[gpio]
lamp = 18
[gpio.keys]
next = 17
recall = 27
start = 22
no_show = 23
open_close = 24
"""
AWAY = ("BRAK POLACZENIA", "POCZEKAJ CHWILE")
FREE = ("WOLNE", "CZEKA: 4")


def port(keypad, **options):
    lines = [f'port = "{keypad.port}"', *(f"{name} = {value}" for name, value in options.items())]
    return "\n".join(["[serial]", *lines])


@pytest.fixture
def health(mosquitto):
    """Collect what the desk says of its health."""
    bus, heard = Bus(Server.from_url(mosquitto.url), "watcher", "test"), []
    bus.watch(topics.health("desk-30"), Health, heard.append)
    bus.start()
    yield heard
    bus.stop()


def push(pins, number):
    pins.pin(number).drive_low()
    pins.pin(number).drive_high()


def test_every_key_of_a_wired_desk_asks_for_its_verb_once_though_it_bounces(broker, pins, run_desk):
    terminal = run_desk(PINS)
    assert eventually(lambda: terminal.stations["30"].view.desk)
    for number, verb in ((17, "next"), (22, "start"), (27, "recall"), (23, "no_show"), (24, "close")):
        for _ in range(5):
            push(pins, number)
        assert eventually(lambda verb=verb: broker.verbs[-1:] == [verb])
        assert eventually(lambda: terminal.stations["30"].view.asking is None)
    assert broker.verbs == ["next", "start", "recall", "no_show", "close"]
    assert {request.desk for _, request in broker.requests} == {"30"}
    assert len({request.request_id for _, request in broker.requests}) == 5


def test_a_held_key_calls_one_resident(broker, pins, run_desk):
    terminal = run_desk(PINS)
    assert eventually(lambda: terminal.stations["30"].view.desk)
    pins.pin(17).drive_low()
    assert eventually(lambda: broker.verbs == ["next"])
    assert eventually(lambda: terminal.stations["30"].view.asking is None)
    push(pins, 27)
    assert eventually(lambda: broker.verbs == ["next", "recall"])
    pins.pin(17).drive_high()


def test_the_lamp_blinks_for_those_who_wait_and_is_steady_for_the_one_who_is_called(broker, pins, run_desk):
    terminal = run_desk(PINS)
    lamp = pins.pin(18)
    assert eventually(lambda: terminal.stations["30"].view.desk)
    assert eventually(lambda: lamp.state)
    push(pins, 17)
    assert eventually(lambda: terminal.stations["30"].view.desk.status == "calling")
    assert eventually(lambda: lamp.state)
    broker.tell(desk("closed"))
    assert eventually(lambda: not lamp.state)
    broker.stop()
    lamp.clear_states()
    assert eventually(lambda: len(lamp.states) > 6)


def test_one_key_opens_and_closes_the_desk(broker, keypad, run_desk):
    broker.tell(desk("closed"))
    run_desk(port(keypad, repeat_s=0))
    assert eventually(lambda: keypad.panel == ("ZAMKNIETE", "CZEKA: 4"))
    keypad.press("O")
    assert eventually(lambda: keypad.panel == FREE)
    assert eventually(lambda: keypad.press("O") or broker.verbs[-1] == "close")
    assert broker.verbs[0] == "open"
    assert eventually(lambda: keypad.panel == ("ZAMKNIETE", "CZEKA: 4"))


def test_a_keypad_that_sends_its_line_three_times_calls_one_resident(broker, keypad, run_desk):
    run_desk(port(keypad))
    assert eventually(lambda: keypad.panel == FREE)
    keypad.send(b"N\r\nN\r\nN\r\n")
    assert eventually(lambda: keypad.panel == ("D017 WEZWANY", "CZEKA: 3"))
    keypad.press("S")
    assert eventually(lambda: keypad.panel == ("D017 W OBSLUDZE", "CZEKA: 3"))
    assert broker.verbs == ["next", "start"]


def test_a_refusal_is_read_at_the_desk_and_then_the_truth_again(broker, keypad, run_desk):
    broker.refusals = {"next": "too_soon"}
    run_desk(port(keypad))
    assert eventually(lambda: keypad.panel == FREE)
    keypad.press("N")
    assert eventually(lambda: keypad.panel == ("ZA SZYBKO", "NACISNIJ POZNIEJ"))
    assert eventually(lambda: keypad.panel == FREE)


def test_a_broker_that_does_not_answer_is_asked_three_times_with_one_id_and_never_later(broker, keypad, run_desk):
    run_desk(port(keypad))
    assert eventually(lambda: keypad.panel == FREE)
    broker.silent = True
    keypad.press("N")
    assert eventually(lambda: keypad.panel == ("CZEKAM NA", "ODPOWIEDZ"))
    assert eventually(lambda: keypad.panel == AWAY)
    broker.silent = False
    keypad.press("R")
    assert eventually(lambda: keypad.panel == ("D017", "WEZWANY PONOWNIE"))
    assert broker.verbs == ["next", "next", "next", "recall"]
    assert len({request.request_id for _, request in broker.requests}) == 2


def test_a_key_pressed_while_mosquitto_is_away_is_never_sent(broker, keypad, run_desk, mosquitto):
    terminal = run_desk(port(keypad))
    assert eventually(lambda: keypad.panel == FREE)
    mosquitto._process.kill()
    mosquitto._process.wait()
    assert eventually(lambda: keypad.panel == AWAY)
    keypad.press("N")
    assert eventually(lambda: terminal._report._counts["dropped"] == 1)
    mosquitto.mind()
    assert eventually(lambda: broker.bus.linked)
    broker.tell(desk())
    assert eventually(lambda: keypad.panel == FREE)
    keypad.press("R")
    assert eventually(lambda: broker.verbs)
    assert broker.verbs == ["recall"]


def test_a_next_pressed_before_the_line_was_there_calls_nobody_when_it_is(broker, run_desk):
    with KeypadBus([1], time.monotonic) as line:
        line.unplug()
        terminal = run_desk(f'bus = {{ port = "{line.port}" }}\nrs485 = {{ address = 1 }}')
        assert eventually(lambda: terminal.stations["30"].view.desk)
        line.keypads[1].press("N", time.monotonic() - 60)
        line.plug_in()
        assert eventually(lambda: line.keypads[1].panel == ("NIE ZADZIALALO", "NACISNIJ ZNOW"))
        assert eventually(lambda: line.keypads[1].beeps)
        line.press(1, "R")
        assert eventually(lambda: broker.verbs == ["recall"])


def test_an_unplugged_keypad_is_reported_and_heals(broker, keypad, run_desk, health):
    run_desk(port(keypad))
    assert eventually(lambda: keypad.panel == FREE)
    keypad.unplug()
    assert eventually(lambda: health[-1].status == "degraded")
    assert [problem.code for problem in health[-1].problems] == ["keypad"]
    assert keypad.port in health[-1].problems[0].detail
    keypad.replug()
    assert eventually(lambda: health[-1].status == "up")
    assert eventually(lambda: keypad.panel == FREE)
    keypad.press("N")
    assert eventually(lambda: broker.verbs == ["next"])


def test_a_namesake_that_is_gone_is_reported_no_longer_though_no_key_is_pressed(
    broker, keypad, run_desk, health, mosquitto
):
    run_desk(port(keypad))
    assert eventually(lambda: keypad.panel == FREE)
    namesake = Bus(Server.from_url(mosquitto.url), "desk-30", "test")
    namesake.start()
    assert eventually(lambda: "cut_off" in [problem.code for problem in health[-1].problems])
    namesake.stop()
    assert eventually(lambda: health[-1].status == "up")


def test_noise_dropped_keys_and_bad_messages_are_counted_in_health(broker, keypad, run_desk, health):
    run_desk(port(keypad))
    assert eventually(lambda: keypad.panel == FREE)
    broker.bus.publish(topics.desk("30"), b"{")
    keypad.send(b"\x00\x01\x02N")
    assert eventually(lambda: health[-1].counters.get("noise_bytes") == 3)
    assert eventually(lambda: health[-1].counters.get("presses") == 1)
    assert health[-1].counters["bad_messages"] == 1
    assert health[-1].status == "up"


def test_a_desk_that_stops_leaves_no_number_standing_on_the_panel(broker, keypad, run_desk, health):
    broker.tell(desk("calling", 3, "D017"))
    terminal = run_desk(port(keypad))
    assert eventually(lambda: keypad.panel == ("D017 WEZWANY", "CZEKA: 3"))
    terminal.stop()
    assert eventually(lambda: keypad.panel == AWAY)
    assert eventually(lambda: health[-1].status == "down")


def test_wired_keys_and_a_keypad_may_serve_one_desk_together(broker, pins, keypad, run_desk):
    run_desk(PINS + port(keypad))
    assert eventually(lambda: keypad.panel == FREE)
    push(pins, 17)
    assert eventually(lambda: keypad.panel == ("D017 WEZWANY", "CZEKA: 3"))
    keypad.press("S")
    assert eventually(lambda: keypad.panel == ("D017 W OBSLUDZE", "CZEKA: 3"))
    assert broker.verbs == ["next", "start"]


def test_a_desk_started_before_its_broker_wakes_with_it(mosquitto, keypad, run_desk):
    run_desk(port(keypad))
    assert eventually(lambda: keypad.panel == AWAY)
    late = AnsweringBroker(mosquitto.url)
    late.tell(desk())
    assert eventually(lambda: keypad.panel == FREE)
    late.stop()
    assert eventually(lambda: keypad.panel == AWAY)

"""Keys, lamp and buzzer on gpiozero's mock pins."""

import pytest

from desk_terminal.face import Face
from desk_terminal.gpio_keypad import PinKeypad
from desk_terminal.gpio_lamp import PinLamp
from desk_terminal.keypad import BadKeypad, Edge
from desk_terminal.keys import Key
from desk_terminal.lamp import Lamp
from desk_terminal.presses import Presses
from desk_terminal.sound import Sound
from desk_terminal.wiring import Gpio
from tests.desk_terminal.doubles import eventually


@pytest.fixture
def clock():
    return iter(range(100)).__next__


def test_a_key_tells_when_it_goes_down_and_up(pins, clock):
    keypad, heard = PinKeypad(Gpio({"next": 17, "start": 22}), "gpio", 0.05, clock), []
    keypad.start(heard.append)
    pins.pin(17).drive_low()
    pins.pin(22).drive_low()
    pins.pin(17).drive_high()
    pins.pin(22).drive_high()
    keypad.stop()
    assert heard[:3] == [
        Edge("gpio", Key.NEXT, down=True, at=0),
        Edge("gpio", Key.START, down=True, at=1),
        Edge("gpio", Key.NEXT, down=False, at=2),
    ]


def test_a_button_that_bounces_five_times_in_fifty_milliseconds_is_one_press(pins):
    ticks = iter(range(100))
    keypad, heard = PinKeypad(Gpio({"next": 17}), "gpio", 0.05, lambda: next(ticks) * 0.005), []
    keypad.start(heard.append)
    for _ in range(5):
        pins.pin(17).drive_low()
        pins.pin(17).drive_high()
    pins.pin(17).drive_low()
    presses = Presses(keypad.quiet_s, keypad.long, long_s=0.8)
    meant = [presses.after_edge(edge.key, down=edge.down, at=edge.at) for edge in heard]
    assert meant == [Key.NEXT, *[None] * 10]
    keypad.stop()


def test_a_key_held_down_when_the_desk_starts_is_no_press(pins, clock):
    pins.pin(17).drive_low()
    keypad, heard = PinKeypad(Gpio({"next": 17}), "gpio", 0.05, clock), []
    pins.pin(17).drive_low()
    keypad.start(heard.append)
    pins.pin(17).drive_high()
    keypad.stop()
    assert [edge.down for edge in heard] == [False]


def test_a_key_may_mean_another_when_it_is_held(pins, clock):
    keypad = PinKeypad(Gpio({"next": 17}, long={"next": "undo"}), "30 gpio", 0.05, clock)
    assert (keypad.name, keypad.long) == ("30 gpio", {Key.NEXT: Key.UNDO})
    keypad.stop()


def test_the_pins_are_free_after_the_keypad_has_stopped(pins, clock):
    for _ in range(2):
        keypad = PinKeypad(Gpio({"next": 17}, lamp=18, buzzer=12), "gpio", 0.05, clock)
        keypad.start(lambda _edge: None)
        keypad.sound(Sound.OFFERED)
        keypad.show(Face(("", ""), lamp=Lamp.FAST))
        keypad.stop()
    assert {pins.pin(pin).function for pin in (12, 17, 18)} == {"input"}


def test_a_lamp_is_dark_steady_or_blinks(pins, clock):
    keypad, pin = PinKeypad(Gpio(lamp=18), "gpio", 0.05, clock), pins.pin(18)
    keypad.show(Face(("", ""), lamp=Lamp.STEADY))
    assert pin.state
    keypad.show(Face(("", ""), lamp=Lamp.FAST))
    pin.clear_states()
    assert eventually(lambda: len(pin.states) >= 5)
    keypad.show(Face(("", "")))
    pin.clear_states()
    assert not pin.state
    keypad.stop()
    assert len(pin.states) == 1


def test_a_blinking_lamp_goes_on_blinking_when_only_the_words_change(pins, clock):
    keypad, pin = PinKeypad(Gpio(lamp=18), "gpio", 0.05, clock), pins.pin(18)
    keypad.show(Face(("", ""), lamp=Lamp.SLOW))
    assert eventually(lambda: pin.state)
    pin.clear_states()
    for waiting in range(5):
        keypad.show(Face(("WOLNE", f"CZEKA: {waiting}"), waiting=waiting, lamp=Lamp.SLOW))
    assert len(pin.states) <= 2
    keypad.stop()


def test_a_refused_key_beeps_twice_and_a_transfer_once(pins, clock):
    keypad, pin = PinKeypad(Gpio(buzzer=12), "gpio", 0.05, clock), pins.pin(12)
    pin.clear_states()
    keypad.sound(Sound.REFUSED)
    assert eventually(lambda: [heard.state for heard in pin.states] == [False, True, False, True, False])
    pin.clear_states()
    keypad.sound(Sound.OFFERED)
    assert eventually(lambda: [heard.state for heard in pin.states] == [False, True, False])
    keypad.stop()


def test_a_new_sound_cuts_the_one_before_short(pins, clock):
    keypad, pin = PinKeypad(Gpio(buzzer=12), "gpio", 0.05, clock), pins.pin(12)
    pin.clear_states()
    keypad.sound(Sound.OFFERED)
    assert eventually(lambda: pin.state)
    keypad.sound(Sound.REFUSED)
    assert eventually(lambda: len(pin.states) == 7)
    assert sum(heard.state for heard in pin.states) == 3
    keypad.stop()
    assert not pin.state


def test_two_keys_on_one_pin_are_refused_by_name(pins, clock):
    lamp = PinLamp("gpio.lamp", 17)
    with pytest.raises(BadKeypad, match=r"gpio\.keys\.next = 17: .*in use"):
        PinKeypad(Gpio({"next": 17}), "gpio", 0.05, clock)
    lamp.stop()

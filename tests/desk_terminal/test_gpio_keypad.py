"""Keys and lamp on gpiozero's mock pins."""

import pytest

from desk_terminal.gpio_keypad import PinKeypad, PinLamp
from desk_terminal.keypad import BadKeypad, Edge
from desk_terminal.keys import Key
from desk_terminal.lamp import Lamp
from tests.desk_terminal.doubles import eventually


@pytest.fixture
def clock():
    return iter(range(100)).__next__


def test_a_key_tells_when_it_goes_down_and_up(pins, clock):
    keypad, heard = PinKeypad({Key.NEXT: 17, Key.START: 22}, 0.05, clock), []
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


def test_a_key_held_down_when_the_desk_starts_is_no_press(pins, clock):
    pins.pin(17).drive_low()
    keypad, heard = PinKeypad({Key.NEXT: 17}, 0.05, clock), []
    pins.pin(17).drive_low()
    keypad.start(heard.append)
    pins.pin(17).drive_high()
    keypad.stop()
    assert [edge.down for edge in heard] == [False]


def test_the_pins_are_free_after_the_keypad_has_stopped(pins, clock):
    for _ in range(2):
        keypad = PinKeypad({Key.NEXT: 17}, 0.05, clock)
        keypad.start(lambda _edge: None)
        keypad.stop()
    assert pins.pin(17).function == "input"


def test_a_lamp_is_dark_steady_or_blinks(pins):
    lamp, pin = PinLamp(18), pins.pin(18)
    lamp.show(Lamp.STEADY)
    assert pin.state
    lamp.show(Lamp.FAST)
    pin.clear_states()
    assert eventually(lambda: len(pin.states) >= 5)
    lamp.show(Lamp.OFF)
    pin.clear_states()
    assert not pin.state
    lamp.stop()
    assert len(pin.states) == 1


def test_two_keys_on_one_pin_are_refused_by_name(pins, clock):
    lamp = PinLamp(17)
    with pytest.raises(BadKeypad, match=r"gpio\.keys\.next = 17: .*in use"):
        PinKeypad({Key.NEXT: 17}, 0.05, clock)
    lamp.stop()

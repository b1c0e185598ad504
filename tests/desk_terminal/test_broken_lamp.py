"""A lamp or a buzzer whose pin fails while the desk is open: told, tried again, and the keys go on."""

from gpiozero.pins.mock import MockPin

from desk_terminal.face import Face
from desk_terminal.gpio_keypad import PinKeypad
from desk_terminal.keypad import Edge, Fault
from desk_terminal.keys import Key
from desk_terminal.lamp import Lamp
from desk_terminal.sound import Sound
from desk_terminal.wiring import Gpio
from tests.desk_terminal.doubles import eventually


class LoosePin(MockPin):
    """A pin that can be made to fail as lgpio's do."""

    loose = False

    def _set_state(self, value):
        if self.loose:
            raise RuntimeError("'GPIO not allocated'")
        super()._set_state(value)


def lit(lamp):
    return Face(("", ""), lamp=lamp)


def test_a_lamp_that_fails_is_told_once_and_told_again_when_it_shines(pins, monkeypatch):
    monkeypatch.setattr(pins, "pin_class", LoosePin)
    keypad, heard = PinKeypad(Gpio({"next": 17}, lamp=18), "gpio", 0.05, lambda: 0.0, pins), []
    keypad.start(heard.append)
    keypad.show(lit(Lamp.STEADY))
    pins.pin(18).loose = True
    for lamp in (Lamp.FAST, Lamp.SLOW, Lamp.OFF):
        keypad.show(lit(lamp))
    assert heard == [Fault("gpio", "gpio.lamp: 'GPIO not allocated'", "lamp")]
    pins.pin(17).drive_low()
    assert heard[1:] == [Edge("gpio", Key.NEXT, down=True, at=0.0)]
    pins.pin(18).loose = False
    keypad.show(lit(Lamp.STEADY))
    assert heard[2:] == [Fault("gpio", None, "lamp")]
    assert pins.pin(18).state
    keypad.stop()


def test_a_lamp_that_fails_before_anybody_listens_is_told_at_the_start(pins, monkeypatch):
    monkeypatch.setattr(pins, "pin_class", LoosePin)
    keypad, heard = PinKeypad(Gpio(lamp=18), "gpio", 0.05, lambda: 0.0, pins), []
    pins.pin(18).loose = True
    keypad.show(lit(Lamp.FAST))
    keypad.start(heard.append)
    assert [fault.part for fault in heard] == ["lamp"]
    keypad.stop()


def test_a_buzzer_that_fails_is_told(pins, monkeypatch):
    monkeypatch.setattr(pins, "pin_class", LoosePin)
    keypad, heard = PinKeypad(Gpio({"next": 17}, buzzer=12), "gpio", 0.05, lambda: 0.0, pins), []
    keypad.start(heard.append)
    pins.pin(12).loose = True
    keypad.sound(next(iter(Sound)))
    assert [(fault.part, fault.detail) for fault in heard] == [("buzzer", "gpio.buzzer: 'GPIO not allocated'")]
    keypad.stop()


def test_a_desk_whose_lamp_fails_calls_on_and_says_so_in_its_health(pins, monkeypatch, broker, run_desk):
    monkeypatch.setattr(pins, "pin_class", LoosePin)
    terminal = run_desk("[gpio]\nlamp = 18\n[gpio.keys]\nnext = 17\nstart = 27\n")
    desk = terminal.stations["30"]
    assert eventually(lambda: desk.view.desk)
    pins.pin(18).loose = True
    for key, verb in ((17, "next"), (27, "start")):
        pins.pin(key).drive_low()
        pins.pin(key).drive_high()
        assert eventually(lambda verb=verb: verb in broker.verbs and desk.view.asking is None)
    (problem,) = terminal._report._problems.values()
    assert (problem.code, problem.detail) == ("lamp", "gpio.lamp: 'GPIO not allocated'")
    assert not desk.view.keypad_fault

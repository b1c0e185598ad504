"""Keys and lamp on the pins of a Raspberry Pi, through gpiozero."""

from collections.abc import Callable, Mapping
from functools import partial

import gpiozero
from gpiozero.pins import Factory

from .face import Face
from .keypad import BadKeypad, Edge, Heard
from .keys import Key
from .lamp import Lamp
from .sound import Sound


class PinKeypad:
    """A keypad whose keys are buttons between pins and ground.

    gpiozero reports every edge, from a thread of its own; which of them are presses is decided by our own
    debounce, because gpiozero's is the kernel's and mock pins have none.
    """

    name = "gpio"
    long: Mapping[Key, Key] = {}

    def __init__(
        self, keys: dict[Key, int], quiet_s: float, clock: Callable[[], float], pin_factory: Factory | None = None
    ) -> None:
        self.quiet_s = quiet_s
        self._clock = clock
        self._buttons = {
            key: _wired(f"keys.{key}", pin, partial(gpiozero.Button, pin, pin_factory=pin_factory))
            for key, pin in keys.items()
        }

    def start(self, heard: Heard) -> None:
        """Begin to listen; a key that is held down already is no press."""
        for key, button in self._buttons.items():
            button.when_pressed = self._edge(heard, key, down=True)
            button.when_released = self._edge(heard, key, down=False)

    def show(self, face: Face) -> None:
        """Show nothing: wired keys have no panel."""

    def sound(self, sound: Sound) -> None:
        """Stay silent: a buzzer has a pin of its own."""

    def stop(self) -> None:
        """Let go of the pins."""
        for button in self._buttons.values():
            button.close()

    def _edge(self, heard: Heard, key: Key, *, down: bool) -> Callable[[], None]:
        return lambda: heard(Edge(self.name, key, down, self._clock()))


class PinLamp:
    """A lamp on a pin; gpiozero keeps the blinking going."""

    def __init__(self, pin: int, pin_factory: Factory | None = None) -> None:
        self._led = _wired("lamp", pin, partial(gpiozero.LED, pin, pin_factory=pin_factory))

    def show(self, lamp: Lamp) -> None:
        """Change to another pattern."""
        on_s, off_s = lamp.value
        if lamp is Lamp.OFF:
            self._led.off()
        elif lamp is Lamp.STEADY:
            self._led.on()
        else:
            self._led.blink(on_s, off_s)

    def stop(self) -> None:
        """Put the lamp out and let go of the pin."""
        self._led.close()


def _wired(name: str, pin: int, device: Callable[[], gpiozero.GPIODevice]) -> gpiozero.GPIODevice:
    try:
        return device()
    except (gpiozero.GPIOZeroError, ImportError, OSError) as error:
        raise BadKeypad(f"gpio.{name} = {pin}: {' '.join(str(error).split())}") from error

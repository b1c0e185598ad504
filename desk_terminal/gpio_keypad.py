"""Single keys with a lamp and a buzzer on the pins of a Raspberry Pi, through gpiozero."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Literal

import gpiozero
from gpiozero.pins import Factory

from .face import Face
from .gpio_buzzer import PinBuzzer
from .gpio_lamp import PinLamp
from .gpio_wire import wired
from .keypad import Edge, Fault, Heard, Noise
from .keys import Key
from .lamp import Lamp
from .sound import Sound
from .wiring import Gpio

Part = Literal["lamp", "buzzer"]


class PinKeypad:
    """A keypad whose keys are buttons between pins and ground; it may also be a lamp or a buzzer alone.

    gpiozero reports every edge, from a thread of its own; which of them are presses is decided by our own
    debounce, because gpiozero's is the kernel's and mock pins have none.
    """

    def __init__(
        self, wanted: Gpio, name: str, quiet_s: float, clock: Callable[[], float], pin_factory: Factory | None = None
    ) -> None:
        self.name = name
        self.quiet_s = quiet_s
        self.long = {Key(key): Key(meaning) for key, meaning in wanted.long.items()}
        self._clock = clock
        self._keys = {
            Key(key): wired(
                f"{name}.keys.{key}", pin, gpiozero.DigitalInputDevice, pull_up=True, pin_factory=pin_factory
            )
            for key, pin in wanted.keys.items()
        }
        self._lamp = None if wanted.lamp is None else PinLamp(f"{name}.lamp", wanted.lamp, pin_factory)
        self._buzzer = None if wanted.buzzer is None else PinBuzzer(f"{name}.buzzer", wanted.buzzer, pin_factory)
        self._lit: Lamp | None = None
        self._failed: dict[Part, str | None] = {}
        self._heard: Heard = _nobody_hears

    @property
    def known(self) -> bool:
        """Return whether it has been found: its pins are there, or it would not have been made."""
        return True

    def start(self, heard: Heard) -> None:
        """Begin to listen; a key that is held down already is no press."""
        self._heard = heard
        for part, detail in self._failed.items():
            heard(Fault(self.name, detail, part))
        for key, wire in self._keys.items():
            wire.when_activated = self._edge(heard, key, down=True)
            wire.when_deactivated = self._edge(heard, key, down=False)

    def show(self, face: Face) -> None:
        """Light the lamp; a blinking one that stays the same is not started anew."""
        if self._lamp is not None and face.lamp is not self._lit:
            self._try("lamp", partial(self._lamp.show, face.lamp))
            self._lit = face.lamp

    def sound(self, sound: Sound) -> None:
        """Sound the buzzer."""
        if self._buzzer is not None:
            self._try("buzzer", partial(self._buzzer.sound, sound))

    def stop(self) -> None:
        """Put the lamp out, fall silent and let go of the pins."""
        for wire in self._keys.values():
            wire.close()
        for other in (self._lamp, self._buzzer):
            if other is not None:
                with suppress(Exception):  # a pin that fails at the end ends nothing else
                    other.stop()

    def _try(self, part: Part, act: Callable[[], None]) -> None:
        """Use a part; one whose pin fails is told once, tried again whenever it is needed, and never ends the desk."""
        detail = None
        try:
            act()
        except Exception as error:  # noqa: BLE001 - what lgpio raises is its own and nothing more
            detail = f"{self.name}.{part}: {' '.join(str(error).split())}"
        if detail != self._failed.get(part):
            self._failed[part] = detail
            self._heard(Fault(self.name, detail, part))

    def _edge(self, heard: Heard, key: Key, *, down: bool) -> Callable[[], None]:
        return lambda: heard(Edge(self.name, key, down, self._clock()))


def _nobody_hears(_news: Edge | Noise | Fault) -> None:
    """Stand in for the terminal until the start."""

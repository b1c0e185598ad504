"""The lamp of a desk on a pin, through gpiozero."""

import gpiozero
from gpiozero.pins import Factory

from .gpio_wire import wired
from .lamp import Lamp


class PinLamp:
    """A lamp on a pin; gpiozero keeps the blinking going."""

    def __init__(self, place: str, pin: int, pin_factory: Factory | None = None) -> None:
        self._led = wired(place, pin, gpiozero.LED, pin_factory=pin_factory)

    def show(self, lamp: Lamp) -> None:
        """Change to another pattern; what lgpio raises if the pin fails."""
        on_s, off_s = lamp.value
        if lamp is Lamp.OFF:
            self._led.off()
        elif lamp is Lamp.STEADY:
            self._led.on()
        else:
            self._led.on()  # a pin that fails does so here, and not unseen in gpiozero's thread
            self._led.blink(on_s, off_s)

    def stop(self) -> None:
        """Put the lamp out and let go of the pin."""
        self._led.close()

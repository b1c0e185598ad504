"""The buzzer of a desk on a pin, through gpiozero."""

import threading

import gpiozero
from gpiozero.pins import Factory

from .gpio_wire import wired
from .sound import Sound


class PinBuzzer:
    """A buzzer that sounds while its pin is high; a new sound cuts the one before short."""

    def __init__(self, place: str, pin: int, pin_factory: Factory | None = None) -> None:
        self._device = wired(place, pin, gpiozero.OutputDevice, pin_factory=pin_factory)
        self._hush = threading.Event()
        self._thread: threading.Thread | None = None

    def sound(self, sound: Sound) -> None:
        """Sound once, in a thread of its own; what lgpio raises if the pin fails."""
        self._silence()
        self._device.off()  # a pin that fails does so here, and not unseen in the thread
        self._hush.clear()
        self._thread = threading.Thread(target=self._play, args=(sound,), name="buzzer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Fall silent and let go of the pin."""
        self._silence()
        self._device.close()

    def _silence(self) -> None:
        self._hush.set()
        if self._thread is not None:
            self._thread.join()

    def _play(self, sound: Sound) -> None:
        for on_s, off_s in sound.value:
            self._device.on()
            self._hush.wait(on_s)
            self._device.off()
            if self._hush.wait(off_s):
                return

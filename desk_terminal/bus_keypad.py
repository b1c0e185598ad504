"""Keypads on one RS-485 line, each at its own address."""

from collections.abc import Callable, Mapping

from .bus_line import BusLine
from .face import Face
from .keypad import Heard, Keypad
from .keys import Key
from .sound import Sound
from .wiring import Bus, Rs485


class BusKeypad:
    """One keypad of the line; it tells presses alone, so no key of it has a second meaning."""

    long: Mapping[Key, Key] = {}

    def __init__(self, name: str, quiet_s: float, address: int, line: BusLine) -> None:
        self.name = name
        self.quiet_s = quiet_s
        self._address = address
        self._line = line

    @property
    def known(self) -> bool:
        """Return whether it has answered, or been missed, since the start."""
        return self._line.knows(self._address)

    def start(self, heard: Heard) -> None:
        """Have it asked for keys."""
        self._line.start(self._address, heard)

    def show(self, face: Face) -> None:
        """Have it shown on the keypad's own display and lamp."""
        self._line.show(self._address, face)

    def sound(self, sound: Sound) -> None:
        """Have it sounded by the keypad."""
        self._line.sound(self._address, sound)

    def stop(self) -> None:
        """Ask it no more."""
        self._line.stop(self._address)


def keypads_on_bus(
    bus: Bus, wanted: Mapping[str, Rs485], quiet_s: float, clock: Callable[[], float], session: int
) -> list[Keypad]:
    """Return the keypads of the line, by their names in the process and in that order; BadKeypad if the port cannot be.

    `session` should differ from start to start (the seconds of the day will do): by it the keypads know that the
    program was started anew. Addresses are each used once, which `Settings` checks.
    """
    by_address = {keypad.address: keypad for keypad in wanted.values()}
    names = {keypad.address: name for name, keypad in wanted.items()}
    line = BusLine(bus, by_address, names, clock, session)
    return [BusKeypad(name, quiet_s, keypad.address, line) for name, keypad in wanted.items()]

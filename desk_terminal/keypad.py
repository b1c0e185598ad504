"""What a keypad is to the terminal, whatever wire it hangs on."""

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from .keys import Key
from .panel import Panel


class Edge(Struct, frozen=True):
    """A key went down or up; a keypad that cannot tell sends only the first. `at` is monotonic, in seconds."""

    keypad: str
    key: Key
    down: bool
    at: float


class Noise(Struct, frozen=True):
    """So many bytes came from a keypad that are no key."""

    keypad: str
    size: int


class Fault(Struct, frozen=True):
    """A keypad is gone, for the reason given; or, with None, it is back."""

    keypad: str
    detail: str | None


Heard = Callable[[Edge | Noise | Fault], None]


class BadKeypad(ValueError):
    """The settings ask for a keypad that cannot be; the message names the key and what it should be."""


class Keypad(Protocol):
    """Keys that a clerk presses, and perhaps a text panel beside them."""

    name: str
    quiet_s: float  # how long a key must be quiet before it counts as pressed again

    def start(self, heard: Heard) -> None:
        """Begin to listen; `heard` is called from the keypad's own thread and returns at once."""

    def show(self, panel: Panel) -> None:
        """Show these lines where the keypad has a panel; returns at once."""

    def stop(self) -> None:
        """Let go of the wires."""

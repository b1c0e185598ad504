"""What a keypad is to the terminal, whatever wire it hangs on."""

from collections.abc import Callable, Mapping
from typing import Literal, Protocol

from msgspec import Struct

from .face import Face
from .keys import Key
from .sound import Sound

# A key as old as this calls nobody any more.
STALE_S = 2.0


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
    """A keypad, or only the lamp or the buzzer of it, is gone for the reason given; or, with None, it is back."""

    keypad: str
    detail: str | None
    part: Literal["keypad", "lamp", "buzzer"] = "keypad"


Heard = Callable[[Edge | Noise | Fault], None]


class BadKeypad(ValueError):
    """The settings ask for a keypad that cannot be; the message names the key and what it should be."""


class Keypad(Protocol):
    """Keys that a clerk presses, and perhaps displays, a lamp and a buzzer beside them."""

    name: str  # its own in the whole process: "30 matrix"; of the only desk also "matrix"
    quiet_s: float  # how long a key must be quiet before it counts as pressed again

    @property
    def long(self) -> Mapping[Key, Key]:
        """Return what a key means that is held down; empty where it is not told when keys go up."""

    @property
    def known(self) -> bool:
        """Return whether it has been found, or missed, since the start."""

    def start(self, heard: Heard) -> None:
        """Begin to listen; `heard` is called from the keypad's own thread and returns at once."""

    def show(self, face: Face) -> None:
        """Show as much of this as the keypad can; returns at once."""

    def sound(self, sound: Sound) -> None:
        """Sound once, where the keypad can; returns at once."""

    def stop(self) -> None:
        """Show what is left to show and let go of the wires."""

"""All that a keypad's own displays and lamp can show of its desk."""

from msgspec import Struct

from .lamp import Lamp


class Face(Struct, frozen=True):
    """Two lines of at most sixteen characters, and for smaller displays the number, the count and the lamp."""

    lines: tuple[str, str]
    number: str = ""  # of the resident at the desk; empty if there is none
    waiting: int = 0
    lamp: Lamp = Lamp.OFF

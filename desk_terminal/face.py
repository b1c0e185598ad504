"""All that a keypad's own displays and lamp can show of its desk."""

from msgspec import Struct

from .lamp import Lamp, lamp
from .panel import panel
from .view import View


class Face(Struct, frozen=True):
    """Two lines of at most sixteen characters, and for smaller displays the number, the count and the lamp."""

    lines: tuple[str, str]
    number: str = ""  # what is being typed, or the resident at the desk; empty if there is neither
    waiting: int = 0
    lamp: Lamp = Lamp.OFF


def face(view: View, language: str) -> Face:
    """Return what a keypad shows of this view."""
    known = view.desk if not (view.away or view.unanswered) else None
    number = known.ticket.number if known is not None and known.ticket is not None else ""
    if view.typed is not None and known is not None:
        number = view.typed.text
    return Face(panel(view, language), number, known.waiting if known is not None else 0, lamp(view))

"""What a keypad on the RS-485 line is told to show and to sound, as the kind and the body of a frame. Pure."""

from collections.abc import Callable

from .face import Face
from .lamp import Lamp
from .panel import WIDTH, panel_bytes
from .sound import Sound
from .wiring import Rs485

Told = tuple[str, bytes]
LAMPS = {Lamp.OFF: b"0", Lamp.STEADY: b"1", Lamp.SLOW: b"2", Lamp.FAST: b"3"}
SOUNDS = {Sound.REFUSED: b"1", Sound.OFFERED: b"2"}
FIGURES = 4


def told_face(face: Face, wanted: Rs485) -> Told:
    """Return a face for the display that this keypad has: text, four figures, or the lamp alone."""
    kind, body = _DISPLAYS[wanted.display]
    return kind, LAMPS[face.lamp] + body(face, wanted.encoding)


def told_sound(sound: Sound) -> Told:
    """Return a sound as its number; the keypad knows how it goes."""
    return "B", SOUNDS[sound]


def _text(face: Face, encoding: str) -> bytes:
    lines = panel_bytes(face.lines, encoding).split(b"\n")[: len(face.lines)]
    return b"".join(line[:WIDTH].ljust(WIDTH) for line in lines)


def _digits(face: Face, _encoding: str) -> bytes:
    most = 10**FIGURES - 1
    figures = f"{face.number[-FIGURES:]:>{FIGURES}}{min(face.waiting, most):>{FIGURES}}"
    return figures.encode("ascii", errors="replace")


_DISPLAYS: dict[str, tuple[str, Callable[[Face, str], bytes]]] = {
    "text": ("T", _text),
    "digits": ("D", _digits),
    "none": ("L", lambda _face, _encoding: b""),
}

"""A scanner that types what it reads, as a keyboard would: told from a hand by its speed. Pure.

Theory of operation. A scanner sends the letters of a code and then Enter, all of it in less time than a hand needs for
seven keys. Six digits at the end of such a burst, and no seventh before them, are the code of a booked visit, whatever
stands before: `482913`, `okienko:482913`, an address that ends in it. Every other burst was something else held to the
scanner. A scanner that is slower than that is taken for a hand, and nothing happens.
"""

from collections import deque

from msgspec import Struct

from .key_names import CODES

CODE_DIGITS = 6
WITHIN_S = 0.5  # from the first of six digits to Enter
APART_S = 0.15  # what was typed so long before is another thing
ECHO_S = 0.2  # some scanners send Enter twice

_ENTER = frozenset({CODES["enter"], CODES["numpadenter"]})
_DIGITS = {CODES[f"{pad}{digit}"]: str(digit) for pad in ("", "numpad") for digit in range(10)}
# Shift, Control, Alt, Meta and the locks come between the letters of some scanners.
_SILENT = frozenset(range(300, 314))
# No scanner has them, so they are pressed by hands, however fast: arrows, function keys, the volume.
_BY_HAND = frozenset(code for code in CODES.values() if code > CODES["numpadenter"])
HELD_TIMES = 4  # a key that comes so often in a row is held down; but a code may be 000000


class Scan(Struct, frozen=True):
    """Something was scanned: a code, or what is none; `echo` is the second Enter of the same scan."""

    code: str = ""
    echo: bool = False


class Scanner:
    """Remembers the last keys; times are seconds on one steady clock."""

    def __init__(self) -> None:
        self._keys: deque[tuple[str, float]] = deque(maxlen=CODE_DIGITS + 1)
        self._last, self._times = 0, 0
        self._scanned_at: float | None = None

    def struck(self, key: int, now: float) -> Scan | None:
        """Return what was scanned, if this key is the end of it."""
        if key in _SILENT:
            return None
        if key not in _ENTER:
            self._keys.append((_DIGITS.get(key, ""), now))
            if key in _BY_HAND or self._is_held(key):
                self._keys.clear()
            return None
        keys = tuple(self._keys)
        self._keys.clear()
        if len(keys) < CODE_DIGITS or now - keys[-CODE_DIGITS][1] > WITHIN_S:
            echo = not keys and self._scanned_at is not None and now - self._scanned_at <= ECHO_S
            return Scan(echo=True) if echo else None
        self._scanned_at = now
        return Scan("" if _is_longer(keys) else "".join(sign for sign, _ in keys[-CODE_DIGITS:]))

    def _is_held(self, key: int) -> bool:
        self._times = self._times + 1 if key == self._last else 1
        self._last = key
        return self._times >= HELD_TIMES and key not in _DIGITS


def _is_longer(keys: tuple[tuple[str, float], ...]) -> bool:
    """Whether the last six keys are no code: not all digits, or the end of a longer number."""
    if not all(sign for sign, _ in keys[-CODE_DIGITS:]):
        return True
    before = keys[-CODE_DIGITS - 1 : -CODE_DIGITS]
    return any(sign and keys[-CODE_DIGITS][1] - at <= APART_S for sign, at in before)

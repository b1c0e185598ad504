"""Which key a clerk meant, from the edges of its contact. Pure, apart from the edges that it remembers."""

import math
from collections.abc import Mapping

from msgspec import Struct

from .keys import Key

# Whoever types 011 presses 1 twice on purpose; a keypad that sends every line three times does it faster.
TYPED_QUIET_S = 0.15


class Held(Struct):
    """A key with two meanings that went down at `since`, and perhaps came up again at `up_at`."""

    since: float
    up_at: float | None = None


class Presses:
    """Tells presses from the bouncing of a contact, from a key held down and from a line sent several times.

    A press counts at once, if its key was quiet for `quiet_s` before it; every edge, also one that does not count,
    starts that time anew. gpiozero's mock pins do not debounce, so this is done here for all keypads.

    A key in `long` has two meanings: its own, which fires when it is let go, and that of `long`, which fires as soon
    as it was held for `long_s`. A contact that opens within `quiet_s` of its closing bounces or was tapped very
    briefly; which of the two, the next `quiet_s` tell. Times are monotonic, in seconds.
    """

    def __init__(self, quiet_s: float, long: Mapping[Key, Key], long_s: float) -> None:
        self._quiet_s = quiet_s
        self._long = long
        self._long_s = long_s
        self._last_edge: dict[Key, float] = {}
        self._held: dict[Key, Held] = {}

    @property
    def due(self) -> float | None:
        """Return when a held key fires by itself, if one is held."""
        return min((self._fires_at(held) for held in self._held.values()), default=None)

    def after_edge(self, key: Key, *, down: bool, at: float) -> Key | None:
        """Take an edge in; return what the clerk meant by it, if anything."""
        quiet = self._was_quiet(key, at)
        held = self._held.get(key)
        if held is not None:
            return self._after_held(key, held, down=down, at=at)
        if not down or not quiet:
            return None
        if key not in self._long:
            return key
        self._held[key] = Held(at)
        return None

    def after_time(self, now: float) -> list[Key]:
        """Return what fires by itself: keys held long enough, and brief taps."""
        fired = [key for key, held in self._held.items() if now >= self._fires_at(held)]
        return [self._long[key] if self._held.pop(key).up_at is None else key for key in fired]

    def ignore(self, key: Key, at: float) -> None:
        """Take an edge in that means nothing; nor does its key if it is held now."""
        self._last_edge[key] = at
        self._held.pop(key, None)

    def forget(self) -> None:
        """Let no key fire that is held now: the keypad is gone, or time was lost."""
        self._held.clear()

    def _was_quiet(self, key: Key, at: float) -> bool:
        quiet_s = at - self._last_edge.get(key, -math.inf)
        self._last_edge[key] = at
        return quiet_s >= (min(self._quiet_s, TYPED_QUIET_S) if key.typed else self._quiet_s)

    def _after_held(self, key: Key, held: Held, *, down: bool, at: float) -> Key | None:
        if down:
            held.up_at = None
            return None
        if at - held.since < self._quiet_s:
            held.up_at = at
            return None
        del self._held[key]
        return key if at - held.since < self._long_s else self._long[key]

    def _fires_at(self, held: Held) -> float:
        return held.since + self._long_s if held.up_at is None else held.up_at + self._quiet_s

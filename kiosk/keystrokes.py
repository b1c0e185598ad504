"""Which strokes of a key count: not the repeats of one held down, nor a second one that comes too soon. Pure."""

# A keyboard repeats a held key within two seconds, so a stroke after a longer silence is a new one, whatever was lost.
HELD_S = 2.5


class Keystrokes:
    """Remembers which key was struck last; times are seconds on one steady clock.

    The same key within `double_strike_s` of its last stroke counts once, for hands that shake.
    """

    def __init__(self, double_strike_s: float) -> None:
        self._double_strike_s = double_strike_s
        self._held: dict[int, float] = {}  # when each of the keys that are down was heard last
        self._last: tuple[int, float] | None = None

    def down(self, key: int, now: float) -> bool:
        """Return whether this stroke counts."""
        held = key in self._held and now - self._held[key] < HELD_S
        self._held[key] = now
        again = self._last is not None and self._last[0] == key and now - self._last[1] < self._double_strike_s
        if held or again:
            return False
        self._last = key, now
        return True

    def up(self, key: int) -> None:
        """Let a key go."""
        self._held.pop(key, None)

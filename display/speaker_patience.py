"""A call waits while a kiosk in the room speaks to a resident, but not for ever."""

import threading
import time
from collections.abc import Callable


class Patience:
    """Knows which kiosks are speaking; one thread tells it, and the speaker's waits.

    Whoever has waited `longest_s` in vain waits no more until the room was silent: a long text at a kiosk delays the
    first of several calls, not each of them.
    """

    def __init__(self, longest_s: float) -> None:
        self._longest_s = longest_s
        self._speaking: set[str] = set()
        self._exhausted = False
        self._changed = threading.Condition()

    def hear(self, kiosk: str, *, speaking: bool) -> None:
        """Take note that a kiosk has begun to speak, or has ended."""
        with self._changed:
            (self._speaking.add if speaking else self._speaking.discard)(kiosk)
            self._exhausted &= bool(self._speaking)
            self._changed.notify_all()

    def wait(self, given_up: Callable[[], bool]) -> None:
        """Wait until no kiosk speaks, patience ends, or `given_up()`, which `nudge` lets it ask again."""
        until = time.monotonic() + self._longest_s
        with self._changed:
            while self._speaking and not self._exhausted and not given_up():
                left = until - time.monotonic()
                if left <= 0:
                    self._exhausted = True
                else:
                    self._changed.wait(left)

    def nudge(self) -> None:
        """Let whoever waits see whether it has given up meanwhile."""
        with self._changed:
            self._changed.notify_all()

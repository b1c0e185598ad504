"""What systemd hears of a program: that it is ready, that its main loop turns, how it is, that it ends.

Theory of operation. A unit of `Type=notify` with `WatchdogSec=` kills and restarts a program that says nothing for so
long. So the one who speaks must be the main loop itself, at each turn, and never a thread of its own: a thread goes on
while the loop hangs. Where systemd did not start the program there is nobody to tell, and nothing is told.
"""

import contextlib
import os
import socket
import time
from collections.abc import Callable, MutableMapping

# Four times in a watchdog's patience: a ping may come late, and one may be lost.
PINGS_PER_PATIENCE = 4
WORDS_EVERY_S = 1.0
MOUTH = socket.SOCK_DGRAM | socket.SOCK_NONBLOCK


class Systemd:
    """Systemd's ear, at a socket of the file system or, with `@`, of the abstract name space; None hears nothing.

    `patience_s` is the watchdog's; without one nobody waits for pings.
    """

    def __init__(self, ear: str | None, patience_s: float | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._ear = ear
        self._watched = patience_s is not None
        self._every_s = min(WORDS_EVERY_S, (patience_s or PINGS_PER_PATIENCE) / PINGS_PER_PATIENCE)
        self._clock = clock
        self._told_at: float | None = None
        self._words = ""

    @classmethod
    def of(cls, environment: MutableMapping[str, str]) -> "Systemd":
        """Take what systemd told this process out of its environment, so that no program started by it speaks too."""
        ear = environment.pop("NOTIFY_SOCKET", "")
        patience_us = environment.pop("WATCHDOG_USEC", "")
        meant = environment.pop("WATCHDOG_PID", "") in ("", str(os.getpid()))
        patience_s = int(patience_us) / 1e6 if meant and patience_us.isascii() and patience_us.isdigit() else None
        return cls(ear if ear.startswith(("/", "@")) else None, patience_s or None)

    def turned(self, in_words: Callable[[], str]) -> None:
        """Tell that the main loop has turned, and how the program is; the first time, that it is ready.

        To be called at every turn: what need not be told so often costs nothing.
        """
        now = self._clock()
        if self._ear is None or (self._told_at is not None and now - self._told_at < self._every_s):
            return
        before, self._words = self._words, " ".join(in_words().split())
        lines = ["READY=1"] if self._told_at is None else []
        lines += ["WATCHDOG=1"] if self._watched else []
        lines += [f"STATUS={self._words}"] if self._words != before else []
        self._told_at = now
        self._tell(lines)

    def stopping(self) -> None:
        """Tell that the program ends because it was told to."""
        self._tell(["STOPPING=1", "STATUS=stopping"])

    def _tell(self, lines: list[str]) -> None:
        if self._ear is None or not lines:
            return
        address = f"\0{self._ear[1:]}" if self._ear.startswith("@") else self._ear
        # Whoever does not listen is not waited for: the hall goes on.
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, MOUTH) as mouth:
            mouth.sendto("\n".join(lines).encode(), address)

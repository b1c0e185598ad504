"""Residents at the real kiosk, one after the other: what they touch goes to its fingers, line by line."""

import contextlib
from collections import deque
from collections.abc import Iterable
from typing import IO

from broker.contract.messages import Menu

from .residents import Visit, taps

READS_S = 1.5  # so long a resident looks at the number when the paper is out
PATIENCE_S = 20.0


class ResidentsAtKiosk:
    """Sends each resident's touches when the one before has left."""

    def __init__(self, visits: Iterable[Visit], fingers: IO[bytes]) -> None:
        self.came = 0
        self.visit: Visit | None = None
        self._coming = deque(visits)
        self._fingers = fingers
        self._leaves_at = 0.0
        self._paper_out = False
        self._leaving = False

    @property
    def all_gone(self) -> bool:
        """Whether the last one has left."""
        return self.visit is None and not self._coming

    def act(self, now: float, menu: Menu) -> None:
        """Let the next one come whose time it is, and the one who has read the number go."""
        if self.visit is None and self._coming and self._coming[0].at <= now:
            self.visit = self._coming.popleft()
            self.came += 1
            self._leaves_at, self._paper_out, self._leaving = now + PATIENCE_S, False, False
            self._touch(*taps(self.visit, menu))
        elif self.visit is not None and now >= self._leaves_at:
            if self._leaving:
                self.visit = None
            else:
                self._leaving, self._leaves_at = True, now + READS_S
                self._touch("done")

    def paper_came(self, now: float) -> None:
        """Let the resident read the ticket that came out, and go."""
        if not self._paper_out:
            self._paper_out, self._leaves_at = True, now + READS_S

    def _touch(self, *names: str) -> None:
        with contextlib.suppress(BrokenPipeError):  # that the kiosk ended is seen elsewhere
            self._fingers.write("".join(f"tap {name}\n" for name in names).encode())
            self._fingers.flush()

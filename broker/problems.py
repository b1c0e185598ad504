"""What is wrong now, in plain words, each with the time since when: for the broker's health."""

from collections.abc import Callable
from datetime import datetime

from broker.contract.messages import Problem


class Problems:
    """The problems of the moment, by code."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._now: dict[str, Problem] = {}

    def note(self, code: str, detail: str) -> None:
        """Take note of a problem, or of the newest words for one that stands already."""
        since = self._now[code].since if code in self._now else self._clock()
        self._now[code] = Problem(code, detail, since)

    def tell(self, code: str, detail: str | None) -> None:
        """Take note of a problem, or forget it where there is no detail of it."""
        if detail is None:
            self.mended(code)
        else:
            self.note(code, detail)

    def mended(self, code: str) -> None:
        """Forget a problem; one that never stood is none."""
        self._now.pop(code, None)

    def detail(self, code: str) -> str | None:
        """Return what is wrong; None if nothing is."""
        return self._now[code].detail if code in self._now else None

    def all(self) -> list[Problem]:
        """Return them, oldest first."""
        return list(self._now.values())

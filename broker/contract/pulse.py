"""Whether another program still lives, by its health: a server that is started anew keeps the `up` of the dead.

Theory of operation. A program whose main loop turns tells its health anew every `BEAT_S`, with the time in `at`. One
that has told an `at` and is not heard again for `SILENT_S` is taken for `down`, by the listener's own steady seconds:
clocks of two computers may differ by years. A health without `at` comes from a program that does not beat.
"""

from collections.abc import Callable

import msgspec

from .messages import Health

BEAT_S = 10.0
SILENT_S = 3 * BEAT_S


class Pulse:
    """Passes on what is new in a program's health, and a `down` of our own making when it falls silent."""

    def __init__(self, told: Callable[[Health], None], clock: Callable[[], float]) -> None:
        self._told = told
        self._clock = clock
        self._health: Health | None = None  # what was passed on last
        self._until: float | None = None

    def hear(self, health: Health) -> None:
        """Take note of what it tells, and pass it on; a beat that says nothing new is kept back."""
        beats = health.at is not msgspec.UNSET and health.status != "down"
        self._until = self._clock() + SILENT_S if beats else None
        if self._health is None or msgspec.structs.replace(health, at=self._health.at) != self._health:
            self._pass_on(health)

    def lose(self) -> None:
        """Wait for nothing while there is no connection, and pass on whatever comes with the next one."""
        self._health = self._until = None

    def look(self) -> None:
        """Pass on that it is down, if its time is over."""
        if self._health is not None and self._until is not None and self._clock() >= self._until:
            self._until = None
            self._pass_on(msgspec.structs.replace(self._health, status="down"))

    def _pass_on(self, health: Health) -> None:
        self._health = health
        self._told(health)

"""What a program tells of its own health, and when: at every change, and as a heartbeat."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from .cuts import CUTS_TO_TELL, Cuts
from .messages import Health, Problem, encode
from .pulse import BEAT_S

NAMESAKE = "the MQTT server cuts the connection again and again: is another program called %s?"


class OwnHealth:
    """One program's health; `about_computer`, where it is set, gives what is wrong with the computer beneath it."""

    def __init__(self, client: str, version: str, *, shows_calls: bool) -> None:
        self.about_computer: Callable[[], list[Problem]] = list
        self._client = client
        self._health = Health("up", _now(), version, shows_calls=shows_calls or msgspec.UNSET)
        self._cuts = Cuts()
        self._told: Health | None = None
        self._told_at = 0.0

    @property
    def problems(self) -> list[Problem]:
        """Return what is wrong with the program and its computer."""
        return self._health.problems

    def report(self, problems: list[Problem], counters: dict[str, int]) -> None:
        """Take in what the main loop tells: degraded while there are problems, up without."""
        problems = [*problems, *self.about_computer()]
        status = "degraded" if problems else "up"
        since = self._health.since if status == self._health.status else _now()
        self.change(status=status, since=since, problems=problems, counters=counters, at=_now())

    def stop(self) -> None:
        """Take in that the program ends."""
        self.change(status="down", since=_now())

    def change(self, **told: object) -> None:
        """Take in some fields anew."""
        self._health = msgspec.structs.replace(self._health, **told)

    def linked(self) -> None:
        """Take in that a connection stands."""
        self._cuts = self._cuts.linked(time.monotonic())

    def cut(self) -> bool:
        """Take in that the connection was cut; whether it is time to say that this is no chance."""
        self._cuts = self._cuts.cut(time.monotonic())
        return self._cuts.short == CUTS_TO_TELL

    @property
    def is_due(self) -> bool:
        """Whether it should be told: it says anything new but the time, or a heartbeat is due."""
        if self._health.at is not msgspec.UNSET and time.monotonic() - self._told_at >= BEAT_S:
            return True
        return self._now() != (self._told and msgspec.structs.replace(self._told, at=self._health.at))

    def telling(self) -> bytes:
        """Return it as it is told now."""
        self._told, self._told_at = self._now(), time.monotonic()
        return encode(self._told)

    @property
    def will(self) -> bytes:
        """Return what the server is to tell of a program that dies."""
        return encode(msgspec.structs.replace(self._health, status="down", at=msgspec.UNSET))

    def _now(self) -> Health:
        """Return this program's health, and with it what only the connection knows."""
        if self._health.status == "down" or not self._cuts.suspicious(time.monotonic()):
            return self._health
        namesake = Problem("cut_off", NAMESAKE % self._client)
        return msgspec.structs.replace(self._health, status="degraded", problems=[*self._health.problems, namesake])


def _now() -> datetime:
    return datetime.now(UTC).astimezone()

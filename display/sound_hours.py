"""How loud the wall is at which hour. Pure: the time comes in."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from msgspec import Struct

FULL = 100


class Hours(Struct, frozen=True):
    """Some hours of every day, from the first minute to before the last; they may reach over midnight."""

    begin: time
    end: time

    def cover(self, at: time) -> bool:
        """Whether a time lies in them; hours that end when they begin are the whole day."""
        if self.begin < self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


class Loudness(Struct, frozen=True):
    """The usual volume in percent, others by the hour, and the hours without any sound; the first that fits counts."""

    volume: int = FULL
    by_hour: tuple[tuple[Hours, int], ...] = ()
    quiet: tuple[Hours, ...] = ()

    def percent(self, now: datetime) -> int:
        """Return how loud it is now; 0 is silence."""
        at = now.time()
        if any(hours.cover(at) for hours in self.quiet):
            return 0
        return next((volume for hours, volume in self.by_hour if hours.cover(at)), self.volume)


def hours(text: str) -> Hours:
    """Read "20:00-07:00"; ValueError says what it should be."""
    begin, dash, end = text.partition("-")
    try:
        return Hours(_time(begin), _time(end if dash else ""))
    except ValueError:
        raise ValueError(f"{text!r} should be hours like 20:00-07:00") from None


def loudness(volume: int, by_hour: Mapping[str, int], quiet: Sequence[str]) -> Loudness:
    """Read what an installation chose; ValueError names the key whose hours make no sense."""
    volumes = tuple((_hours("volume_by_hour", text), percent) for text, percent in by_hour.items())
    return Loudness(volume, volumes, tuple(_hours("quiet_hours", text) for text in quiet))


def _hours(key: str, text: str) -> Hours:
    try:
        return hours(text)
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None


def _time(text: str) -> time:
    text = text.strip()
    return time() if text == "24:00" else datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - an hour of any day

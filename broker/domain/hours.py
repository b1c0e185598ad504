"""Opening hours: which hours of which days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAYS = "holidays"

Span = tuple[time, time]


@dataclass(frozen=True)
class Hours:
    """Spans of each day of the week, and of public holidays, which go before the weekday."""

    spans: Mapping[str, tuple[Span, ...]]

    def open_at(self, local: datetime, *, holiday: bool = False) -> bool:
        """Whether `local`, in the office's own time, lies in a span; the end of a span is closed."""
        return any(start <= local.time() < end for start, end in self._spans_of(local, holiday=holiday))

    def left(self, local: datetime, *, holiday: bool = False) -> timedelta:
        """Return how long it will still be open on the day of `local`: its spans without the breaks between them."""
        left, since = timedelta(), local
        for start, end in sorted(self._spans_of(local, holiday=holiday)):
            opens, closes = (datetime.combine(local, edge, local.tzinfo) for edge in (start, end))
            since = max(since, opens)
            left += max(closes - since, timedelta())
            since = max(since, closes)
        return left

    def starts(self, day: date, *, holiday: bool = False) -> list[time]:
        """Return the times at which it opens on a day, earliest first."""
        return sorted(start for start, _ in self._spans_of(day, holiday=holiday))

    def _spans_of(self, local: date, *, holiday: bool) -> tuple[Span, ...]:
        return self.spans.get(HOLIDAYS if holiday else WEEKDAYS[local.weekday()], ())


def days(key: str) -> tuple[str, ...]:
    """Return the days that a key names: a day, a range, `daily` or `holidays`; ValueError for any other."""
    if key == "daily":
        return WEEKDAYS
    if key == HOLIDAYS:
        return (HOLIDAYS,)
    first, dash, last = key.partition("-")
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last if dash else first)
    if start > end:
        raise ValueError(key)
    return WEEKDAYS[start : end + 1]


def span(text: str) -> Span:
    """Read `07:30-15:30`; ValueError where it is no such thing, or ends before it starts."""
    start, _, end = text.partition("-")
    opens, closes = local_time(start.strip()), local_time(end.strip())
    if opens >= closes:
        raise ValueError(text)
    return opens, closes


def local_time(text: str) -> time:
    """Read `04:00`; ValueError where it is no such thing, or brings a time zone of its own."""
    moment = time.fromisoformat(text)
    if moment.tzinfo is not None:
        raise ValueError(text)
    return moment

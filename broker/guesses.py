"""Wrong codes of one device after the other: nobody finds out by trying who has booked a visit."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from broker.domain.refusals import TooSoon

WITHIN = timedelta(minutes=1)
MOST = 10


class Guesses:
    """The wrong codes of the last minute, by device."""

    def __init__(self) -> None:
        self._wrong: dict[str, list[datetime]] = {}
        self._barred: dict[str, datetime] = {}

    def check(self, client: str, now: datetime) -> None:
        """Refuse a device that has guessed too often, for a minute; TooSoon."""
        since = self._barred.get(client)
        if since is not None and _recent(since, now):
            raise TooSoon(f"{client} sent more than {MOST} wrong codes within a minute; wait a minute")

    def wrong(self, client: str, now: datetime) -> None:
        """Count a wrong code; TooSoon if it is one too many."""
        self._barred = _since(self._barred, now)
        self._wrong = {who: recent for who, times in self._wrong.items() if (recent := _recents(times, now))}
        self._wrong.setdefault(client, []).append(now)
        if len(self._wrong[client]) > MOST:
            del self._wrong[client]
            self._barred[client] = now
            self.check(client, now)


def _since(times: Mapping[str, datetime], now: datetime) -> dict[str, datetime]:
    return {client: at for client, at in times.items() if _recent(at, now)}


def _recents(times: list[datetime], now: datetime) -> list[datetime]:
    return [at for at in times if _recent(at, now)]


def _recent(at: datetime, now: datetime) -> bool:
    """Whether it was within the last minute; a clock that went back makes nobody wait for an hour."""
    return timedelta() <= now - at < WITHIN

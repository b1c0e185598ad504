"""The booked visits in the database: found by their codes, forgotten when their day is over."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from broker.domain.booking import Booking
from broker.domain.events import Event, TicketIssued

# A clock that is months ahead would delete all that the office has booked.
BELIEVED_DAYS = 31
KEPT_DAYS = 1  # after the day of the visit: until then it may be asked what became of a code

_KEEP = """
    INSERT INTO bookings (code, day, booked_at, category, minutes) VALUES (:code, :day, :booked_at, :category, :minutes)
    ON CONFLICT (code) DO UPDATE SET day = excluded.day, booked_at = excluded.booked_at,
        category = excluded.category, minutes = excluded.minutes
"""
_FIND = "SELECT code, category, booked_at, minutes, number FROM bookings"


class BookingTable:
    """The table of booked visits, in whatever transaction its database is."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver

    @classmethod
    def of(cls, connection: Connection) -> "BookingTable":
        """Return the table of a database that was opened."""
        return cls(connection.connection.driver_connection)  # type: ignore[arg-type]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep everybody else from the table until all of it is done, or nothing."""
        self._driver.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._driver.execute("COMMIT")
        except BaseException:
            self._driver.rollback()
            raise

    def find(self, code: str) -> Booking | None:
        """Return the visit of a code."""
        row = self._driver.execute(f"{_FIND} WHERE code = ?", (code,)).fetchone()
        return _booking(row) if row else None

    def all(self) -> list[Booking]:
        """Return every visit, the earliest first."""
        bookings = map(_booking, self._driver.execute(_FIND))
        return sorted(bookings, key=lambda booking: (booking.booked_at, booking.code))

    def any_from(self, day: date) -> bool:
        """Whether there is a visit on that business day or later."""
        return self._driver.execute("SELECT 1 FROM bookings WHERE day >= ?", (day.isoformat(),)).fetchone() is not None

    def keep(self, booking: Booking, day: date) -> None:
        """Take a visit of a business day in, or move it to where it is now; its number stays."""
        row = {"code": booking.code, "day": day.isoformat(), "category": booking.category, "minutes": booking.minutes}
        self._driver.execute(_KEEP, {**row, "booked_at": booking.booked_at.isoformat()})

    def drop(self, code: str) -> None:
        """Take a visit out."""
        self._driver.execute("DELETE FROM bookings WHERE code = ?", (code,))

    def note(self, events: Iterable[Event]) -> None:
        """Note the numbers that were given for codes."""
        given = [(e.number, e.code) for e in events if isinstance(e, TicketIssued) and e.code is not None]
        if given:
            self._driver.executemany("UPDATE bookings SET number = ? WHERE code = ? AND number IS NULL", given)

    def forget(self, today: date, days_back: int | None = None) -> None:
        """Delete the visits of the days that are over, of the last `days_back` days or all; yesterday's stay."""
        oldest = today - timedelta(days=KEPT_DAYS)
        since = date.min if days_back is None else today - timedelta(days=days_back)
        self._driver.execute("DELETE FROM bookings WHERE day >= ? AND day < ?", (since.isoformat(), oldest.isoformat()))


def _booking(row: tuple[Any, ...]) -> Booking:
    code, category, booked_at, minutes, number = row
    return Booking(code, category, datetime.fromisoformat(booked_at).astimezone(UTC), minutes, number)

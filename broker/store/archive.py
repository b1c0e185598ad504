"""Reads any day of the log, beside a running broker or without one: nothing is written, locked or created.

SQLite itself would leave two files behind where it opens a log that nobody else has open. So a database without a
write-ahead log is read as one that cannot change, and one whose write-ahead log lies there without its index, as a
backup leaves it, is read from a copy.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from broker.domain.events import Event

from .database import BadDatabase, existing
from .log import stored_event

PATIENCE_S = 5


def days_kept(url: str) -> tuple[date, ...]:
    """Return the business days of the log, the newest last; BadDatabase if there is no such log."""
    with reading(url) as driver:
        return tuple(date.fromisoformat(day) for (day,) in driver.execute("SELECT day FROM days ORDER BY first_seq"))


def events_of(url: str, day: date) -> tuple[Event, ...]:
    """Return the events of a business day, its DayStarted first; none if the log does not hold the day.

    BadDatabase if there is no such log, StorageFailed at an event that this version does not understand.
    """
    with reading(url) as driver:
        rows = driver.execute(
            """
            SELECT kind, data FROM events
            WHERE seq >= (SELECT first_seq FROM days WHERE day = :day)
              AND seq < coalesce(
                  (SELECT min(first_seq) FROM days WHERE first_seq > (SELECT first_seq FROM days WHERE day = :day)),
                  9223372036854775807
              )
            ORDER BY seq
            """,
            {"day": day.isoformat()},
        ).fetchall()
    return tuple(stored_event(kind, data) for kind, data in rows)


@contextmanager
def reading(url: str) -> Iterator[sqlite3.Connection]:
    """Open the database for one look; BadDatabase where it cannot be read."""
    path = existing(url)
    try:
        with _standing_still(path) as (file, how), closing(_connect(file, how)) as driver:
            yield driver
    except (sqlite3.Error, OSError) as error:
        raise BadDatabase(f"{path}: {error}; --database names the broker's database") from None


@contextmanager
def _standing_still(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the file to open and how, so that opening it leaves the folder as it was."""
    log, index = (path.with_name(path.name + ending) for ending in ("-wal", "-shm"))
    if not log.exists():
        yield path, "mode=ro&immutable=1"
    elif index.exists():
        yield path, "mode=ro"
    else:
        with TemporaryDirectory() as folder:
            shutil.copy(log, folder)
            yield Path(shutil.copy(path, folder)), "mode=rw"


def _connect(file: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?{how}", uri=True, timeout=PATIENCE_S)

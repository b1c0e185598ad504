"""The file of the write-ahead log: laid out once and written over again, since a file that grows syncs half as fast.

SQLite reads the log up to the first frame whose checksum is wrong, so what lies behind its frames may be anything.
Source: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
"""

import os
import sqlite3
from pathlib import Path

ROOM_BYTES = 4 << 20
# Some tens of megabytes: a hall that never rests must not fill the disk.
MOST_COMMITS = 1000


class WriteAheadLog:
    """The log of one open database."""

    def __init__(self, driver: sqlite3.Connection, database: Path) -> None:
        self._driver = driver
        self._file = database.with_name(f"{database.name}-wal")
        self._commits = 0

    def committed(self) -> None:
        """Take note of a commit."""
        self._commits += 1

    @property
    def is_long(self) -> bool:
        """Whether its content should be moved into the database even if somebody has to wait for it."""
        return self._commits >= MOST_COMMITS

    def tidy(self, *, at_least_commits: int) -> bool:
        """Lay the file out if it is too short, and move its content into the database after so many commits.

        True if there was something to do; OSError or sqlite3.Error if the disk does not take it.
        """
        missing = ROOM_BYTES - self._file.stat().st_size if self._file.exists() else 0
        if missing <= 0 and self._commits < at_least_commits:
            return False
        if missing > 0:
            self._lay_out(missing)
        self._move_into_the_database()
        # Write the log's new header now; it costs a sync of its own, which a request would have to wait for.
        self._driver.execute("PRAGMA user_version = 0")
        self._commits = 0
        return True

    def _move_into_the_database(self) -> None:
        """Move what can be moved: the hall does not wait for one who reads the database, a backup perhaps."""
        ((patience_ms,),) = self._driver.execute("PRAGMA busy_timeout").fetchall()
        self._driver.execute("PRAGMA busy_timeout = 0").fetchall()
        try:
            self._driver.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
        finally:
            self._driver.execute(f"PRAGMA busy_timeout = {patience_ms}").fetchall()

    def _lay_out(self, missing: int) -> None:
        with self._file.open("ab") as log:
            log.write(bytes(missing))
            log.flush()
            os.fsync(log.fileno())

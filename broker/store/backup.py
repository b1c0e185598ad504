"""Copies the database beside the broker that writes to it: consistent, checked whole, and there or not there at all."""

import os
import re
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from .archive import reading
from .database import BadDatabase
from .tables import SCHEMA
from .verification import Verdict, verified

# So much is written, synced and rested from at a time that the card is never busy for long with what nobody waits for.
STEP_PAGES = 128
LEAST_REST_S = 0.01
UNFINISHED = ".part"
_NAME = re.compile(r"hall-(\d{8}T\d{6}Z)\.db")
_TIME = "%Y%m%dT%H%M%SZ"
_FIRST_WITH_CHAIN = "0003"


class BadBackup(ValueError):
    """The copy could not be made, or the file is none to restore from; the message says why."""


def back_up(url: str, folder: Path, now: datetime) -> Path:
    """Copy the database into `folder`, which has to be there, and return the copy; BadBackup if there can be none."""
    if not is_there(folder):
        raise BadBackup(f"{folder} is not there: is the stick plugged in and mounted?")
    finished = folder / f"hall-{now.astimezone(UTC).strftime(_TIME)}.db"
    unfinished = finished.with_name(finished.name + UNFINISHED)
    try:
        for left_over in folder.glob(f"hall-*{UNFINISHED}*"):
            left_over.unlink()
        with reading(url) as driver:
            _copy(driver, unfinished)
        check(unfinished)
        sync(unfinished)
        unfinished.rename(finished)
        sync(folder)
    except (OSError, sqlite3.Error) as error:
        raise BadBackup(f"{folder}: {error}") from None
    return finished


def is_there(folder: Path) -> bool:
    """Whether a folder is there; one on a stick that was pulled out cannot even be looked at."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def check(file: Path) -> Verdict | None:
    """Look through a copy: every page, its tables and the chain of its log; BadBackup if anything is wrong.

    Return what its chain says; None where it is older than the chain.
    """
    try:
        with reading(f"sqlite:///{file.absolute()}") as driver:
            pages = driver.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if pages != "ok":
                raise BadBackup(f"{file} is damaged: {' '.join(pages.split())}")
            schema = _schema(driver)
            if schema is None or schema > SCHEMA:
                raise BadBackup(f"{file} has tables {schema!r}, which this version does not know")
            verdict = verified(driver) if schema >= _FIRST_WITH_CHAIN else None
    except BadDatabase as error:
        raise BadBackup(str(error).partition("; --database")[0]) from None
    if verdict is not None and verdict.broken:
        raise BadBackup(f"{file}: the log is not whole: {verdict.broken}")
    return verdict


def copy_of(file: Path, copy: Path) -> None:
    """Copy a database that is at rest, its write-ahead log with it; sqlite3.Error or OSError if that fails."""
    copy.unlink(missing_ok=True)
    with reading(f"sqlite:///{file.absolute()}") as driver:
        _copy(driver, copy)


def sync(path: Path) -> None:
    """Return when a file, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def no_longer_kept(copies: Iterable[Path], today: date, keep_days: int, zone: tzinfo | None) -> list[Path]:
    """Return the copies that may go: all but the last of each of the `keep_days` newest days before `today`.

    Days that have a copy are counted, so that a clock that is years ahead does not make all of them old.
    """
    of_day: dict[date, list[Path]] = {}
    for copy in sorted(copies, key=lambda copy: copy.name):
        if (made_at := made(copy)) is not None:
            of_day.setdefault(made_at.astimezone(zone).date(), []).append(copy)
    earlier = sorted((day for day in of_day if day < today), reverse=True)
    kept, gone = earlier[:keep_days], earlier[keep_days:]
    return [copy for day in kept for copy in of_day[day][:-1]] + [copy for day in gone for copy in of_day[day]]


def made(copy: Path) -> datetime | None:
    """Return when a copy was made, as its name says; None for a file that is no copy."""
    found = _NAME.fullmatch(copy.name)
    return datetime.strptime(found[1], _TIME).replace(tzinfo=UTC) if found else None


def _copy(driver: sqlite3.Connection, copy: Path) -> None:
    """Copy one moment of the database, step by step, while others go on writing.

    SQLite follows links, and root may copy into a folder of somebody else's: so it finds the file made, and makes none.
    """
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644))
    with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=rw", uri=True)) as target:
        target.execute("PRAGMA synchronous = OFF")
        target.execute("PRAGMA journal_mode = OFF")
        # Held open, it keeps the moment: otherwise every ticket would start the copy anew.
        driver.execute("BEGIN")
        driver.execute("SELECT 1 FROM sqlite_master").fetchone()
        pace = _Pace(copy)
        driver.backup(target, pages=STEP_PAGES, progress=lambda *_: pace.rest())
        driver.execute("COMMIT")
        # In one file, without a write-ahead log beside it.
        target.execute("PRAGMA journal_mode = DELETE")


class _Pace:
    """Rests after each step as long as it took."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._since = time.monotonic()

    def rest(self) -> None:
        sync(self._file)
        time.sleep(max(LEAST_REST_S, time.monotonic() - self._since))
        self._since = time.monotonic()


def _schema(driver: sqlite3.Connection) -> str | None:
    if not driver.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        return None
    row = driver.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None

"""The queue's file, kept before an upgrade and put back when the upgrade fails."""

import os
import shutil
import sqlite3
import tomllib
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from .failure import CannotInstall
from .owner_rights import rights_of_owner
from .places import Places

KEPT = 2
_PREFIX = "sqlite:///"
_SQLITE = b"SQLite format 3\0"
_LOGS = ("-wal", "-journal")


def database_file(places: Places) -> Path:
    """Return the file that broker.toml names."""
    default = places.var / "hall.db"
    settings = places.etc / "broker.toml"
    if not settings.exists():
        return default
    try:
        named = tomllib.loads(settings.read_text(encoding="utf-8")).get("database", "")
    except tomllib.TOMLDecodeError as error:
        raise CannotInstall(f"{settings}: not TOML: {error}; mend it and run this again") from None
    path = str(named).removeprefix(_PREFIX)
    return places.root / path.lstrip("/") if path.startswith("/") else places.var / (path or "hall.db")


def schema(file: Path) -> str | None:
    """Return the version of the tables in a database; None where there is none, or none that can be read."""
    try:
        if not file.exists():
            return None
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            row = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.Error, OSError):
        return None
    return str(row[0]) if row else None


def other_tables(places: Places, copy: Path) -> bool:
    """Whether the queue has other tables than a copy of it, so that the version of the copy cannot read it."""
    file = database_file(places)
    with rights_of_owner(places.var):
        return schema(copy) != schema(file)


def holds_more(places: Places, copy: Path) -> bool:
    """Whether anything has happened in the hall that a copy of the queue lacks; also where that cannot be told."""
    file = database_file(places)
    with rights_of_owner(places.var):
        try:
            return _last_event(file) != _last_event(copy)
        except sqlite3.Error:
            return True


def _last_event(file: Path) -> int:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return int(database.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])


def backed_up(file: Path, copy: Path) -> Path:
    """Copy a database that may be in use, whole and on the disk; CannotInstall if there is no room."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    fresh = copy.with_name(f".{copy.name}.fresh")
    fresh.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(fresh)) as target:
            source.backup(target)
    except sqlite3.Error as error:
        fresh.unlink(missing_ok=True)
        raise CannotInstall(f"{file}: {error}; the queue cannot be kept, so nothing was changed") from None
    with fresh.open("rb") as written:
        os.fsync(written.fileno())
    fresh.replace(copy)
    return copy


def keep_before_upgrade(places: Places, version: str) -> Path | None:
    """Keep the queue as it is before an upgrade to `version`; None where there is no queue yet."""
    file = database_file(places)
    with rights_of_owner(places.var):
        if not file.exists():
            return None
        copy = backed_up(file, places.before_upgrades / f"before-{version}.db")
        places.before_upgrades.chmod(0o750)
        others = sorted(places.before_upgrades.glob("before-*.db"), key=lambda path: path.stat().st_mtime)
        for old in others[:-KEPT]:
            old.unlink()
    return copy


def put_back(places: Places, copy: Path, now: datetime) -> Path:
    """Let the queue be what a copy is, and return where it lies as it was until now; the broker must not run.

    At every moment there is a whole queue under its name.
    """
    named = database_file(places)
    with rights_of_owner(places.var):
        file = named.resolve()
        aside = places.before_upgrades / f"put-aside-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.db"
        fresh = file.with_name(f".{file.name}.back")
        _copied(copy, fresh)
        _put_aside(file, aside)
        fresh.replace(file)
        os.sync()
    return aside


def _put_aside(file: Path, aside: Path) -> None:
    """Give the queue a second name; its write-ahead log, which would spoil another database, goes into it first."""
    _settle(file)
    for ending in ("", *_LOGS):
        old, kept = file.with_name(file.name + ending), aside.with_name(aside.name + ending)
        if old.exists():
            try:
                os.link(old, kept)
            except FileExistsError:
                raise
            except OSError:  # it is on another disk, or on one that knows no links
                _copied(old, kept)
    os.sync()
    for ending in (*_LOGS, "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _settle(file: Path) -> None:
    """Move the write-ahead log into the database; SQLite would throw it away where it does not know the file."""
    if not file.exists():
        return
    with file.open("rb") as opened:
        known = opened.read(len(_SQLITE)) == _SQLITE
    if known:
        with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _copied(file: Path, copy: Path) -> None:
    """Copy a file whole and on the disk, or not at all; never through a link that lies there already."""
    copy.unlink(missing_ok=True)
    try:
        with file.open("rb") as source, copy.open("xb") as target:
            shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())
    except OSError:
        copy.unlink(missing_ok=True)
        raise

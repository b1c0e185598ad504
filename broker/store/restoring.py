"""Puts a backup in the place of the database, all of it or nothing; what was there before is kept beside it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from .backup import BadBackup, check, copy_of, sync
from .database import alone, give_to_owner_of_folder

# Source: https://www.sqlite.org/fileformat2.html#the_database_header
_HEADER = b"SQLite format 3\0"
_IN_WAL_MODE = b"\2\2"
_BESIDE = ("-wal", "-shm")


@contextmanager
def restoring(file: Path, path: Path, now: datetime) -> Iterator[tuple[Path, Path | None]]:
    """Yield a checked copy of the backup to make ready, and where the present database will be kept; then swap them.

    BadBackup if the backup is not whole, BadDatabase while a broker has the database open.
    """
    with alone(path):
        new = path.with_name(path.name + ".restoring")
        try:
            check(file)
            copy_of(file, new)
            check(new)
            yield new, (kept := _kept_as(path, now))
            _swap(new, path, kept)
        except (OSError, sqlite3.Error) as error:
            raise BadBackup(f"{path}: {error}") from None
        finally:
            for left_over in path.parent.glob(f"{new.name}*"):
                left_over.unlink()


def _kept_as(path: Path, now: datetime) -> Path | None:
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return path.with_name(f"{path.name}.before-restore-{stamp}") if path.exists() else None


def _swap(new: Path, path: Path, kept: Path | None) -> None:
    """Let the new file have the name in one step; a write-ahead log that is not its own would spoil it."""
    opened = os.open(new, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        give_to_owner_of_folder(opened, new)
        os.fsync(opened)
    finally:
        os.close(opened)
    if kept is not None:
        _settle(path)
        for ending in ("", *_BESIDE):
            old = path.with_name(path.name + ending)
            if old.exists():
                os.link(old, kept.with_name(kept.name + ending), follow_symlinks=False)
                if ending:
                    old.unlink()
        sync(path.parent)
    new.replace(path)
    sync(path.parent)


def _settle(path: Path) -> None:
    """Move the write-ahead log into the database; SQLite would throw it away where it does not know the file."""
    with path.open("rb") as file:
        header = file.read(len(_HEADER) + 4)
    if not header.startswith(_HEADER) or not header.endswith(_IN_WAL_MODE):
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as driver:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

"""The queue's file, kept before an upgrade and put back when the upgrade fails."""

import os
import shutil
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

from .failure import CannotInstall
from .places import Places

KEPT = 2
_PREFIX = "sqlite:///"


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
    """Return the version of the tables in a database; None where there is none."""
    if not file.exists():
        return None
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            row = database.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        return None
    return str(row[0]) if row else None


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
    _like(file, fresh)
    with fresh.open("rb") as written:
        os.fsync(written.fileno())
    fresh.replace(copy)
    return copy


def keep_before_upgrade(places: Places, version: str) -> Path | None:
    """Keep the queue as it is before an upgrade to `version`; None where there is no queue yet."""
    file = database_file(places)
    if not file.exists():
        return None
    copy = backed_up(file, places.before_upgrades / f"before-{version}.db")
    _like(file, places.before_upgrades)
    places.before_upgrades.chmod(0o750)
    others = sorted(places.before_upgrades.glob("before-*.db"), key=lambda path: path.stat().st_mtime)
    for old in others[:-KEPT]:
        old.unlink()
    return copy


def put_back(file: Path, copy: Path) -> None:
    """Let the queue be what the copy is; the broker must not run."""
    fresh = file.with_name(f".{file.name}.back")
    shutil.copyfile(copy, fresh)
    _like(copy, fresh)
    for name in ("-wal", "-shm"):
        file.with_name(file.name + name).unlink(missing_ok=True)
    fresh.replace(file)
    os.sync()


def _like(model: Path, path: Path) -> None:
    """Give a file the owner and group of another."""
    says = model.stat()
    os.chown(path, says.st_uid, says.st_gid)

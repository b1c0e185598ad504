"""Opens the database: SQLite with a write-ahead log, each commit on the disk before it returns."""

import errno
import fcntl
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from .faults import if_damaged
from .tables import SCHEMA

# While the broker waits for another program to let go of the file, it hears no desk; and a desk waits 3 s at most.
PATIENCE_MS = 1000

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    # A checkpoint syncs several times; the broker makes it when nobody waits (log.py).
    "wal_autocheckpoint=0",
)


class BadDatabase(ValueError):
    """The database cannot be used; the message says what to do."""


def open_database(url: str) -> Connection:
    """Open the database for the one program that writes to it, with its tables up to date.

    `url` is like `sqlite:///hall.db`. BadDatabase if it is not, cannot be written, or another broker has it open.
    """
    path = database_path(url)
    lock = _lock(path)
    engine = _engine(url)
    with ExitStack() as opened:
        opened.callback(os.close, lock)
        try:
            _sync_what_was_left(path)
            connection = opened.enter_context(engine.connect())
            _migrate(connection, path)
            connection.connection.cursor().execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
        except DBAPIError as error:
            detail = str(error.orig)
            named = "--database names the broker's database"
            raise BadDatabase(f"{path}: {detail}; {named}{if_damaged(detail)}") from None
        except OSError as error:
            raise BadDatabase(f"{path}: {error.strerror}; --database names the broker's database") from None
        opened.pop_all()
    event.listen(engine, "close", lambda *_: os.close(lock))
    return connection


def connect_existing(url: str) -> Connection:
    """Open a database beside the broker that writes to it; BadDatabase if there is none yet."""
    path = existing(url)
    try:
        return _engine(url).connect()
    except DBAPIError as error:
        raise BadDatabase(f"{path}: {error.orig}; --database names the broker's database") from None


def _engine(url: str) -> Engine:
    # One connection for the life of the program; a pool would only cost.
    engine = create_engine(url, poolclass=NullPool, connect_args={"cached_statements": 256})

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:  # noqa: ANN401
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def database_path(url: str) -> Path:
    """Return the file that a URL like `sqlite:///hall.db` names; BadDatabase if it names none."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise BadDatabase(f"{url!r} is no database file; it should be like sqlite:///hall.db")
    return Path(parsed.database)


def existing(url: str) -> Path:
    """Return the file that a URL names; BadDatabase if it is not there, or is nothing for this user to see."""
    path = database_path(url)
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise BadDatabase(f"{path} does not exist; --database names the broker's database") from None
    except OSError as error:
        advice = "run it with sudo" if isinstance(error, PermissionError) else "--database names the broker's database"
        raise BadDatabase(f"{path}: {error.strerror}; {advice}") from None
    return path


def _lock(path: Path) -> int:
    """Hold the database until the returned file is closed: two brokers on one file would call residents twice."""
    file = path.with_name(path.name + "-lock")
    try:
        lock = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        give_to_owner_of_folder(lock, file)
    except BlockingIOError:
        raise BadDatabase(f"{path} is in use by another broker; stop that one first") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise BadDatabase(f"{file} is a link, and should be a file of the broker's own; remove it") from None
        raise BadDatabase(f"{path}: {error.strerror}; --database names a file in a writable folder") from None
    return lock


def give_to_owner_of_folder(file: int, path: Path) -> None:
    """Let the broker's user have what root has made in the broker's folder; nobody else may give anything away.

    By the open file, since the name may lead elsewhere meanwhile: the folder is not root's. BadDatabase if the file is
    also somewhere else.
    """
    if os.geteuid() == 0:
        owner, own = path.parent.stat(), os.fstat(file)
        if not stat.S_ISREG(own.st_mode) or own.st_nlink > 1:
            raise BadDatabase(f"{path} should be a file of the broker's own, with no other name; remove it")
        os.fchown(file, owner.st_uid, owner.st_gid)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep every broker from the database meanwhile; BadDatabase while one has it open."""
    lock = _lock(path)
    try:
        yield
    finally:
        os.close(lock)


def _sync_what_was_left(path: Path) -> None:
    """Sync what a broker had written when it was killed: SQLite takes it as stored, and so will the hall.

    Before SQLite opens the files: whoever closes one of them lets go of all locks that this process holds on it.
    """
    for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal"), path.parent):
        if file.exists():
            opened = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)


def _migrate(connection: Connection, path: Path) -> None:
    schema = _schema(connection)
    if schema == SCHEMA:
        return
    # Costs a third of a second, so only where it is due.
    from .migrate import FailedUpgrade, UnknownSchema, check_known, upgrade  # noqa: PLC0415

    try:
        if schema is not None:
            check_known(schema)
            _keep_a_copy(connection, path, schema)
        upgrade(connection)
    except UnknownSchema:
        raise BadDatabase(
            f"{path} has tables {schema!r} of a newer version; run that version, or move it away"
        ) from None
    except (FailedUpgrade, OSError, sqlite3.Error) as error:
        raise BadDatabase(
            f"{path}: its tables {schema!r} could not be brought up to date, and are as they were: {error}"
        ) from None


def _keep_a_copy(connection: Connection, path: Path, schema: str) -> None:
    """Keep the file as it is before an upgrade: the version that wrote it cannot read it afterwards."""
    copy = path.with_name(f"{path.name}.before-upgrade-from-{schema}")
    unfinished = copy.with_name(f"{copy.name}.part")
    unfinished.unlink(missing_ok=True)
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.execute("VACUUM INTO ?", (str(unfinished),))
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(copy)


def _schema(connection: Connection) -> str | None:
    with connection.begin():
        known = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first()
        if known is None:
            return None
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return str(row[0]) if row else None

"""The event log: what happened, what was answered, and the tickets as they stand, in one transaction."""

import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import ClauseElement, Connection, bindparam, delete, insert
from sqlalchemy.dialects import sqlite

from broker.domain.changes import CHANGES
from broker.domain.events import DayStarted, Event
from broker.domain.ticket import Ticket

from .bookings import BELIEVED_DAYS, BookingTable
from .chain import Break, Row, Walk, link
from .chain_ends import COLUMNS, end_of_chain, walk_from
from .faults import if_damaged
from .tables import answers, days, tickets
from .wal import WriteAheadLog

# A client asks again within seconds, after a broken network perhaps within hours.
ANSWERS_KEPT_DAYS = 7

# Packed, the answer to `next` fits into one page of the database; the first byte of what zlib packs.
_PACKED = b"\x78"
_KINDS = {kind.__name__: kind for kind in CHANGES}
_decoders = {name: msgspec.json.Decoder(kind) for name, kind in _KINDS.items()}
_encode = msgspec.json.Encoder().encode


def _sql(statement: ClauseElement) -> str:
    return str(statement.compile(dialect=sqlite.dialect(paramstyle="named")))


# What every request needs goes from SQLAlchemy's text straight to the driver: the long way round costs a desk that
# rests between two presses more than all that SQLite does.
_INSERT_EVENT = f"INSERT INTO events ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_INSERT_ANSWER = _sql(insert(answers))
_UPSERT_TICKET = _sql(insert(tickets).prefix_with("OR REPLACE"))
_INSERT_DAY = _sql(insert(days))
_FORGET_ANSWERS = _sql(delete(answers).where(answers.c.day < bindparam("oldest")))
# Not the latest day: a clock that was ahead may have opened one of the future.
_FIRST_OF_TODAY = "SELECT first_seq FROM days ORDER BY first_seq DESC LIMIT 1"
_EVENTS_FROM = f"SELECT {COLUMNS} FROM events WHERE seq >= ? ORDER BY seq"  # noqa: S608


class StorageFailed(Exception):
    """The disk did not take it; nothing of it was stored."""


@dataclass(frozen=True)
class Entry:
    """One carried-out command: its events, the tickets as they are after it, and the answer to the client."""

    day: date
    events: tuple[Event, ...]
    tickets: tuple[Ticket, ...] = ()
    client: str | None = None
    request_id: str | None = None
    answer: bytes | None = None


class EventLog:
    """The one writer of the database; `broken` says where the day that was read was not as it was written."""

    def __init__(self, connection: Connection) -> None:
        self.driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
        self.file = Path(connection.engine.url.database or "")
        self._identity = _identity(self.file)
        self._wal = WriteAheadLog(self.driver, self.file)
        self.bookings = BookingTable(self.driver)
        self.broken: Break | None = None
        self._slowest_s = 0.0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the database from the first look to the one sync; StorageFailed if it cannot, and nothing is stored."""
        with failing_as_storage():
            self.driver.execute("BEGIN IMMEDIATE")
            try:
                yield
                began = time.perf_counter()
                self.driver.execute("COMMIT")
                self._slowest_s = max(self._slowest_s, time.perf_counter() - began)
                self._wal.committed()
            except BaseException:
                self.driver.rollback()
                raise

    def append(self, entries: Sequence[Entry]) -> None:
        """Store all entries, in the transaction that is open or in one of their own."""
        if not self.driver.in_transaction:
            with self.transaction():
                self.append(entries)
            return
        write = self.driver.executemany
        write(_INSERT_EVENT, list(self._chained(entries)))
        write(_INSERT_ANSWER, [_answer_row(entry) for entry in entries if entry.answer is not None])
        write(_UPSERT_TICKET, [_ticket_row(entry.day, ticket) for entry in entries for ticket in entry.tickets])
        self.bookings.note(event for entry in entries for event in entry.events)

    def _chained(self, entries: Sequence[Entry]) -> Iterator[Row]:
        """Yield the rows of all events, each with the hash that chains it to the one before; begin days on the way."""
        seq, newest = end_of_chain(self.driver)
        for entry in entries:
            for event in entry.events:
                seq += 1
                row = _event_row(seq, entry, event)
                newest = link(newest, row)
                if isinstance(event, DayStarted):
                    self._start_day(event.day, seq)
                yield row._replace(hash=newest)

    def _start_day(self, day: date, first_seq: int) -> None:
        self.driver.execute(_INSERT_DAY, {"day": day.isoformat(), "first_seq": first_seq})
        oldest = day - timedelta(days=ANSWERS_KEPT_DAYS)
        self.driver.execute(_FORGET_ANSWERS, {"oldest": oldest.isoformat()})
        self.bookings.forget(day, BELIEVED_DAYS)

    def expects_visits(self, day: date) -> bool:
        """Whether a visit is booked for that business day or later."""
        with failing_as_storage():
            return self.bookings.any_from(day)

    def answers_to(self, requests: Iterable[str]) -> dict[str, bytes]:
        """Return the answers that were given to these requests, by `key`; those never carried out are left out."""
        wanted = tuple(requests)
        marks = ",".join("?" * len(wanted))
        query = f"SELECT request_id, answer FROM answers WHERE request_id IN ({marks})"  # noqa: S608
        with failing_as_storage():
            return {request: unpacked(answer) for request, answer in self.driver.execute(query, wanted)}

    def today(self) -> Iterator[Event]:
        """Yield the events of the newest business day, its DayStarted first; none in a new database.

        StorageFailed at an event that this version does not understand: it is never skipped. The chain is followed on
        the way; where it is broken, `broken` says so, and the hall goes on all the same.
        """
        walk = Walk()
        try:
            with failing_as_storage():
                (first_seq,) = self.driver.execute(_FIRST_OF_TODAY).fetchone() or (1,)
                walk = walk_from(self.driver, first_seq)
                for row in map(Row._make, self.driver.execute(_EVENTS_FROM, (first_seq,))):
                    walk.follow(row)
                    yield stored_event(row.kind, row.data)
        except StorageFailed as error:
            # Of a broken chain nobody needs another version to understand it.
            detail = f"the log is damaged, {walk.ended()}" if walk.ended() else str(error)
            raise StorageFailed(f"{self.file}: {detail}{if_damaged(detail)}") from None
        self.broken = walk.ended()

    def days(self) -> frozenset[date]:
        """Return every business day that has begun."""
        with failing_as_storage():
            return frozenset(date.fromisoformat(day) for (day,) in self.driver.execute("SELECT day FROM days"))

    def slowest_commit_s(self) -> float:
        """Return how long the disk took at most since this was asked last."""
        slowest, self._slowest_s = self._slowest_s, 0.0
        return slowest

    def try_to_write(self) -> None:
        """Write what changes nothing, through to the disk; StorageFailed if it does not take it."""
        with self.transaction():
            self.driver.execute("PRAGMA user_version = 0")

    @property
    def is_untidy(self) -> bool:
        """Whether the disk should be tidied even if somebody has to wait for it."""
        return self._wal.is_long

    def tidy(self, *, at_least_commits: int) -> bool:
        """Tidy the disk after so many commits; it syncs several times, so when nobody waits. True if it was done."""
        with failing_as_storage():
            return self._wal.tidy(at_least_commits=at_least_commits)

    @property
    def misplaced(self) -> bool:
        """Whether the file was moved, deleted or replaced; SQLite goes on in the old one, the next start does not."""
        return _identity(self.file) != self._identity


def stored_event(kind: str, data: str) -> Event:
    """Return an event as it was stored; StorageFailed if this version does not understand it."""
    try:
        event: Event = _decoders[kind].decode(data)
    except (KeyError, msgspec.MsgspecError) as error:
        raise StorageFailed(
            f"the log holds what this version does not understand; run the one that wrote it: {error}"
        ) from None
    return event


def key(client: str | None, request_id: str | None) -> str:
    """Name a request for good: two clients that count theirs from 1 must not get each other's tickets."""
    return f"{client} {request_id}"


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextmanager
def failing_as_storage() -> Iterator[None]:
    """Let whatever SQLite or the system complains of be a StorageFailed."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StorageFailed(str(error)) from error


def _answer_row(entry: Entry) -> dict[str, Any]:
    answer = zlib.compress(entry.answer or b"")
    return {"request_id": key(entry.client, entry.request_id), "day": entry.day.isoformat(), "answer": answer}


def unpacked(answer: bytes) -> bytes:
    """Return an answer as it was given; those of earlier versions were not packed, and begin with a brace."""
    return zlib.decompress(answer) if answer.startswith(_PACKED) else answer


def _event_row(seq: int, entry: Entry, event: Event) -> Row:
    data = _encode(event).decode()
    return Row(seq, entry.day.isoformat(), type(event).__name__, data, entry.client, entry.request_id, None)


def _ticket_row(day: date, ticket: Ticket) -> dict[str, Any]:
    return {
        "day": day.isoformat(),
        "order": ticket.order,
        "number": ticket.number,
        "category": ticket.category,
        "priority": ticket.priority,
        "status": ticket.status.value,
        "desk": ticket.desk,
        "issued_at": ticket.issued_at.isoformat(),
        "called_at": ticket.called_at and ticket.called_at.isoformat(),
        "started_at": ticket.started_at and ticket.started_at.isoformat(),
        "ended_at": ticket.ended_at and ticket.ended_at.isoformat(),
        "recalls": ticket.recalls,
        "printed": ticket.printed,
    }

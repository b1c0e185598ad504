"""The event log: what happened, what was answered, and the tickets as they stand, in one transaction."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from broker.domain.changes import CHANGES
from broker.domain.events import DayStarted, Event
from broker.domain.ticket import Ticket

from .tables import answers, days, events, tickets
from .wal import WriteAheadLog

# A client asks again within seconds, after a broken network perhaps within hours.
ANSWERS_KEPT_DAYS = 7

_KINDS = {kind.__name__: kind for kind in CHANGES}
_decoders = {name: msgspec.json.Decoder(kind) for name, kind in _KINDS.items()}
_encode = msgspec.json.Encoder().encode


_UPSERT_TICKET = insert(tickets).prefix_with("OR REPLACE")
_INSERT_EVENT = insert(events)
_INSERT_ANSWER = insert(answers)


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
    """The one writer of the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # For what is asked with every request: a fifth of the cost of a statement built by SQLAlchemy.
        self._driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
        self._wal = WriteAheadLog(self._driver, Path(connection.engine.url.database or ""))
        self._next_seq = self._last_seq() + 1

    def append(self, entries: Sequence[Entry]) -> None:
        """Store all entries with one sync of the disk; StorageFailed if it cannot, and then none is stored."""
        seq = self._next_seq
        event_rows: list[dict[str, Any]] = []
        day_rows: list[dict[str, Any]] = []
        for entry in entries:
            for event in entry.events:
                if isinstance(event, DayStarted):
                    day_rows.append({"day": event.day.isoformat(), "first_seq": seq})
                event_rows.append(_event_row(seq, entry, event))
                seq += 1
        try:
            with self._connection.begin():
                self._write(event_rows, day_rows, entries)
        except SQLAlchemyError as error:
            raise StorageFailed(str(getattr(error, "orig", None) or error)) from error
        self._next_seq = seq
        self._wal.committed()

    def _write(
        self, event_rows: list[dict[str, Any]], day_rows: list[dict[str, Any]], entries: Sequence[Entry]
    ) -> None:
        execute = self._connection.execute
        if day_rows:
            execute(insert(days), day_rows)
            oldest = date.fromisoformat(day_rows[-1]["day"]) - timedelta(days=ANSWERS_KEPT_DAYS)
            execute(delete(answers).where(answers.c.day < oldest.isoformat()))
        if event_rows:
            execute(_INSERT_EVENT, event_rows)
        if answer_rows := [
            {"request_id": entry.request_id, "day": entry.day.isoformat(), "answer": entry.answer}
            for entry in entries
            if entry.request_id is not None and entry.answer is not None
        ]:
            execute(_INSERT_ANSWER, answer_rows)
        if ticket_rows := [_ticket_row(entry.day, ticket) for entry in entries for ticket in entry.tickets]:
            execute(_UPSERT_TICKET, ticket_rows)

    def answers_to(self, request_ids: Iterable[str]) -> dict[str, bytes]:
        """Return the answers that were given to these requests, by id; those never carried out are left out."""
        wanted = tuple(request_ids)
        marks = ",".join("?" * len(wanted))
        query = f"SELECT request_id, answer FROM answers WHERE request_id IN ({marks})"  # noqa: S608
        with _failing_as_storage():
            return dict(self._driver.execute(query, wanted).fetchall())

    def today(self) -> list[Event]:
        """Return the events of the newest business day, its DayStarted first; none in a new database."""
        with self._connection.begin():
            first = select(days.c.first_seq).order_by(days.c.day.desc()).limit(1).scalar_subquery()
            rows = self._connection.execute(
                select(events.c.kind, events.c.data).where(events.c.seq >= first).order_by(events.c.seq)
            )
            try:
                return [_decoders[kind].decode(data) for kind, data in rows]
            except (KeyError, msgspec.MsgspecError) as error:
                raise StorageFailed(f"the log holds what this version does not understand: {error}") from None

    def tidy(self, *, at_least_commits: int) -> bool:
        """Tidy the disk after so many commits; it syncs several times, so when nobody waits. True if it was done."""
        with _failing_as_storage():
            return self._wal.tidy(at_least_commits=at_least_commits)

    def _last_seq(self) -> int:
        return int(self._driver.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0])


@contextmanager
def _failing_as_storage() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StorageFailed(str(error)) from error


def _event_row(seq: int, entry: Entry, event: Event) -> dict[str, Any]:
    return {
        "seq": seq,
        "day": entry.day.isoformat(),
        "kind": type(event).__name__,
        "data": _encode(event).decode(),
        "client": entry.client,
        "request_id": entry.request_id,
    }


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

"""Says of a database whether its log is whole: every event as it was written, none missing and none put in."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from functools import partial

from .chain import Break, Row, Walk
from .chain_ends import COLUMNS, start_of_chain, walk_from

_DAY = """
    SELECT first_seq,
           coalesce((SELECT min(later.first_seq) FROM days later WHERE later.first_seq > days.first_seq),
                    9223372036854775807)
    FROM days WHERE day = :day
"""
_EVENTS = f"SELECT {COLUMNS} FROM events WHERE seq >= ? AND seq < ? ORDER BY seq"  # noqa: S608
_EVERYTHING = (0, 9223372036854775807)
_LAST_DAY = "SELECT day, first_seq FROM days ORDER BY first_seq DESC LIMIT 1"


@dataclass(frozen=True)
class ChainStart:
    """Why the chain does not start with the first event: an `upgrade`, or `retention`; `made_at` is ISO 8601, UTC."""

    seq: int
    hash: bytes
    reason: str
    made_at: str


@dataclass(frozen=True)
class Verdict:
    """What was found: how many events from the `first` to the `last`, and the first place that is not whole."""

    events: int
    first: Row | None
    last: Row | None
    newest: bytes
    broken: Break | None
    start: ChainStart | None


class NotChained(ValueError):
    """The database is of before the chain."""


class UnknownDay(ValueError):
    """The log does not hold the day."""


def verified(driver: sqlite3.Connection, day: date | None = None, noted: bytes | None = None) -> Verdict:
    """Follow the chain of all events, or of one day's; `noted` is a hash that the office wrote down, and must be there.

    UnknownDay if the log does not hold the day, NotChained if it has no chain yet, sqlite3.Error if it cannot be read.
    """
    driver.text_factory = partial(
        str, encoding="utf-8", errors="replace"
    )  # nothing that was scribbled in stops the walk
    if not driver.execute("SELECT 1 FROM sqlite_master WHERE name = 'chain_start'").fetchone():
        raise NotChained("the log is not chained: an earlier version wrote it; the broker's next start upgrades it")
    span = _EVERYTHING if day is None else driver.execute(_DAY, {"day": day.isoformat()}).fetchone()
    if span is None:
        raise UnknownDay(f"the log does not hold {day}")
    walk = start_of_chain(driver) if day is None else walk_from(driver, span[0])
    for row in map(Row._make, driver.execute(_EVENTS, span)):
        walk.follow(row)
    broken = walk.ended() or _cut_off(driver) or _lost(driver, noted)
    return Verdict(walk.events, walk.first, walk.last, _newest(walk), broken, chain_start(driver))


def chain_start(driver: sqlite3.Connection) -> ChainStart | None:
    """Return why the chain starts late; None where it starts with the first event."""
    found = driver.execute("SELECT seq, hash, reason, made_at FROM chain_start ORDER BY seq DESC LIMIT 1").fetchone()
    return ChainStart(*found) if found else None


def _newest(walk: Walk) -> bytes:
    return (walk.last.hash if walk.last else None) or walk.hash


def _cut_off(driver: sqlite3.Connection) -> Break | None:
    """Look for what other tables know of events that the log lacks at its end."""
    day, first_seq = driver.execute(_LAST_DAY).fetchone() or (None, 1)
    ((last_seq,),) = driver.execute("SELECT coalesce(max(seq), 0) FROM events")
    if day is not None and first_seq > last_seq:
        return Break(last_seq + 1, "cut off", f"{day} began with event {first_seq}, the last is {last_seq}")
    ((tickets,),) = driver.execute("SELECT count(*) FROM tickets WHERE day >= ?", (day or "",))
    issued = "SELECT count(*) FROM events WHERE seq >= ? AND kind = 'TicketIssued'"
    ((events,),) = driver.execute(issued, (first_seq,))
    if tickets > events:
        return Break(last_seq + 1, "cut off", f"of {tickets} tickets of {day} the log has {events}")
    return None


def _lost(driver: sqlite3.Connection, noted: bytes | None) -> Break | None:
    if noted is None:
        return None
    query = "SELECT 1 FROM events WHERE hash = :noted UNION ALL SELECT 1 FROM chain_start WHERE hash = :noted"
    if driver.execute(query, {"noted": noted}).fetchone():
        return None
    ((last_seq,),) = driver.execute("SELECT coalesce(max(seq), 0) FROM events")
    detail = "the noted hash is not in the log: it was cut off, written anew, or is another office's"
    return Break(last_seq + 1, "cut off", detail)

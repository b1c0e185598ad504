"""Reduces days that are older than the office keeps to statistics, a little at a time; the rest stays one chain.

What was removed is vouched for by the hash of its last event, from which the chain then starts (`chain_start`). The
space is not given back to the disk but used again: a database grows to the size of `retention_days` days, and stays.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from .chain import Row
from .chain_ends import COLUMNS, start_of_chain
from .log import EventLog

EVENTS_AT_ONCE = 500

# By place in the log: a day of the future, opened by a wrong clock, does not stand in the way for ever.
_EXPIRED = """
    SELECT day FROM days WHERE first_seq <= (SELECT max(first_seq) FROM days WHERE day < :oldest)
    AND first_seq < (SELECT max(first_seq) FROM days) ORDER BY first_seq LIMIT 1
"""
_TICKETS = "SELECT category, status, issued_at, called_at, started_at, ended_at FROM tickets WHERE day = ?"
_KEEP = "INSERT OR REPLACE INTO statistics VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_FIRST_KEPT = "SELECT min(first_seq) FROM days"
_OLD = f"SELECT {COLUMNS} FROM events WHERE seq < ? ORDER BY seq LIMIT {EVENTS_AT_ONCE}"  # noqa: S608

Life = tuple[str, str, str, str | None, str | None, str | None]  # a row of _TICKETS


class NotWhole(Exception):
    """What should go is not as it was written; it stays until somebody has looked."""


def reduce_a_little(log: EventLog, oldest: date, now: datetime) -> bool:
    """Reduce one day before `oldest` to statistics, or remove some events of such days; False if there are none.

    NotWhole where the chain of what should go is broken, StorageFailed if the disk does not take it.
    """
    driver = log.driver
    with log.transaction():
        expired = driver.execute(_EXPIRED, {"oldest": oldest.isoformat()}).fetchone()
        if expired:
            _to_statistics(driver, *expired)
            return True
        return _remove_some(driver, now)


def _to_statistics(driver: sqlite3.Connection, day: str) -> None:
    by_category: dict[str, list[Life]] = {}
    for life in driver.execute(_TICKETS, (day,)):
        by_category.setdefault(life[0], []).append(life)
    driver.executemany(_KEEP, [_statistics(day, category, lives) for category, lives in by_category.items()])
    for table in ("tickets", "answers", "days"):
        driver.execute(f"DELETE FROM {table} WHERE day = ?", (day,))  # noqa: S608


def _statistics(day: str, category: str, lives: list[Life]) -> tuple[str | int, ...]:
    """Return a row of the statistics: how many, and how many of them for how many whole minutes."""
    became = Counter(status for _, status, *_ in lives)
    waited = _minutes((issued_at, called_at) for _, _, issued_at, called_at, _, _ in lives)
    served = [life for life in lives if life[1] == "served"]
    service = _minutes((started_at or called_at, ended_at) for *_, called_at, started_at, ended_at in served)
    counts = (became[status] for status in ("served", "no_show", "cancelled", "closed"))
    return (day, category, len(lives), *counts, waited, service)


def _minutes(spans: Iterable[tuple[str | None, str | None]]) -> str:
    took = Counter(
        int((datetime.fromisoformat(until) - datetime.fromisoformat(since)).total_seconds() // 60)
        for since, until in spans
        if since and until
    )
    return json.dumps(dict(sorted(took.items())))


def _remove_some(driver: sqlite3.Connection, now: datetime) -> bool:
    """Remove the oldest events that belong to no day any more, and let the chain start behind them."""
    ((first_kept,),) = driver.execute(_FIRST_KEPT)
    rows = [Row._make(row) for row in driver.execute(_OLD, (first_kept or 0,))]
    if not rows:
        return False
    walk = start_of_chain(driver)
    for row in rows:
        walk.follow(row)
    if broken := walk.ended():
        raise NotWhole(f"days older than the office keeps are not removed: the log is not whole there: {broken}")
    driver.execute("DELETE FROM events WHERE seq <= ?", (rows[-1].seq,))
    if walk.seq == rows[-1].seq:
        start = (walk.seq, walk.hash, "retention", now.isoformat(timespec="seconds"))
        driver.execute("DELETE FROM chain_start")
        driver.execute("INSERT INTO chain_start VALUES (?, ?, ?, ?)", start)
    return True

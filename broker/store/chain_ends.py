"""Where the chain of a database starts and ends."""

import sqlite3
from typing import NamedTuple

from .chain import FIRST, Walk

COLUMNS = "seq, day, kind, data, client, request_id, hash"
_START = "SELECT seq, hash FROM chain_start ORDER BY seq DESC LIMIT 1"
_LAST = "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1"
_LAST_BEFORE = "SELECT seq, hash FROM events WHERE seq < ? ORDER BY seq DESC LIMIT 1"
_END_OF_LAST_DAY = """
    SELECT day, seq, lower(hex(hash)) FROM events
    WHERE seq < (SELECT max(first_seq) FROM days) ORDER BY seq DESC LIMIT 1
"""


def start_of_chain(driver: sqlite3.Connection) -> Walk:
    """Return a walk that follows the whole chain."""
    return Walk(*(driver.execute(_START).fetchone() or (0, FIRST)))


def walk_from(driver: sqlite3.Connection, first_seq: int) -> Walk:
    """Return a walk that follows the chain from one event on; what is older is taken as it is."""
    start = start_of_chain(driver)
    before = driver.execute(_LAST_BEFORE, (first_seq,)).fetchone()
    if before is None or before[0] <= start.seq:
        return start
    return Walk(before[0], before[1] or FIRST)


class DayEnd(NamedTuple):
    """The last event of a day that is over, and its hash in hexadecimal digits."""

    day: str
    seq: int
    hash: str


def end_of_last_day(driver: sqlite3.Connection) -> DayEnd | None:
    """Return how the log of the day before the newest ended; None where it holds none, or it is not chained."""
    found = driver.execute(_END_OF_LAST_DAY).fetchone()
    return DayEnd(*found) if found and found[2] else None


def end_of_chain(driver: sqlite3.Connection) -> tuple[int, bytes]:
    """Return the `seq` of the newest event and the hash that the next one follows."""
    seq, newest = driver.execute(_LAST).fetchone() or (0, None)
    if newest is None:
        start = start_of_chain(driver)
        return max(seq, start.seq), start.hash
    return seq, newest

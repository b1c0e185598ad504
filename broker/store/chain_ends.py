"""Where the chain of a database starts and ends."""

import sqlite3

from .chain import FIRST, Walk

COLUMNS = "seq, day, kind, data, client, request_id, hash"
_START = "SELECT seq, hash FROM chain_start ORDER BY seq DESC LIMIT 1"
_LAST = "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1"
_LAST_BEFORE = "SELECT seq, hash FROM events WHERE seq < ? ORDER BY seq DESC LIMIT 1"


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


def end_of_chain(driver: sqlite3.Connection) -> tuple[int, bytes]:
    """Return the `seq` of the newest event and the hash that the next one follows."""
    seq, newest = driver.execute(_LAST).fetchone() or (0, None)
    if newest is None:
        start = start_of_chain(driver)
        return max(seq, start.seq), start.hash
    return seq, newest

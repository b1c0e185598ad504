"""The instants at which the power is cut: of every kind that matters, and anywhere."""

import random
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass

from .torn_file import STYLES

LAID_OUT_BYTES = 1 << 20
A_START = 60  # operations: the first states that it publishes, and the first commit
DAYS_END = 60  # operations around the moment at which the log says that a day is over
MOST_OFTEN = (*STYLES, "nothing", "scattered", "rubbish")


@dataclass(frozen=True)
class Cut:
    """The power goes when `done` operations of the recording have been done."""

    done: int
    kind: str
    style: str
    seed: int


def cuts(day, count, seed, kind=None):
    """Choose so many cuts, as many of each kind or all of one, in the order in which they come in the recording."""
    chance = random.Random(seed)
    kinds = instants(day)
    names = [kind] if kind else sorted(kinds)
    chosen = [
        Cut(chance.choice(kinds[kind]), kind, chance.choice(MOST_OFTEN), chance.getrandbits(32))
        for kind in (names[at % len(names)] for at in range(count))
    ]
    return sorted(chosen, key=lambda cut: cut.done)


def instants(day):
    """Return by kind after how many operations the power may go."""
    found = defaultdict(list)
    log, database = f"{day.database.name}-wal", day.database.name
    heard_of = next(number for number, operation in enumerate(day.operations) if operation.kind == "network")
    lives, begun = 0, 0
    for number, operation, path in _with_paths(day.operations):
        done = number + 1
        found["anywhere"].append(done)
        if operation.kind == "process":
            lives, begun = lives + 1, number
        if lives > 1 and number < begun + A_START:
            found["killed and started again"].append(done)
        if number < heard_of:
            found["first start"].append(done)
        elif path == log:
            found[_in_the_log(operation)].append(done)
        elif path == database and operation.kind in ("write", "sync-begun", "synced", "truncate"):
            found["inside a checkpoint"].append(done)
        elif operation.kind == "network":
            found["just said"].append(done)
        elif path not in (log, database) or operation.kind in ("rename", "link", "unlink", "mkdir"):
            found["names and other files"].append(done)
    found["the day's end"] = _around_the_days_end(day)
    return {kind: instants for kind, instants in found.items() if instants}


def _in_the_log(operation):
    if operation.kind == "write":
        return "while the log is laid out" if len(operation.data) >= LAID_OUT_BYTES else "inside a transaction"
    return {"sync-begun": "inside a sync", "synced": "stored, not yet said"}.get(
        operation.kind, "names and other files"
    )


def _with_paths(operations):
    """Yield every operation with its number and the path of the file that it is about."""
    paths = {}
    for number, operation in enumerate(operations):
        if operation.kind == "process":
            paths.clear()
        elif operation.kind == "open":
            paths[operation.file] = operation.names[0]
        yield number, operation, operation.names[0] if operation.kind in _NAMED else paths.get(operation.file)
        if operation.kind == "close":
            paths.pop(operation.file, None)


_NAMED = ("rename", "link", "unlink", "mkdir")


def _around_the_days_end(day):
    """Return the instants around the first write of each new day but the first."""
    with closing(sqlite3.connect(f"file:{day.database}?mode=ro", uri=True)) as file:
        starts = file.execute("SELECT data FROM events WHERE kind = 'DayStarted' ORDER BY seq").fetchall()[1:]
    texts = [data.encode() for (data,) in starts]
    writes = [(number, operation.data) for number, operation in enumerate(day.operations) if operation.kind == "write"]
    firsts = (next((number for number, data in writes if text in data), None) for text in texts)
    return [
        done
        for first in firsts
        if first is not None
        for done in range(first - DAYS_END // 4, min(first + DAYS_END, len(day.operations)))
    ]

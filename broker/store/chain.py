"""The chain of the log: every stored event carries a hash over itself and over the hash of the one before it.

Whoever changes, removes or puts in an event afterwards would have to make every later hash anew; one hash that the
office has noted elsewhere tells. The bytes that are hashed, with SHA-256: the 32 bytes of the hash before, then the
JSON array of `seq`, `day`, `kind`, `data`, `client` and `request_id` as stored, in UTF-8, without blanks, and with
nothing escaped but the quotation mark, the backslash and control characters: `json.dumps(row, ensure_ascii=False,
separators=(",", ":"))`.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

import msgspec

FIRST = bytes(32)
_encode = msgspec.json.Encoder().encode


class Row(NamedTuple):
    """An event as it is stored; the names are those of the columns."""

    seq: int
    day: str
    kind: str
    data: str
    client: str | None
    request_id: str | None
    hash: bytes | None


@dataclass(frozen=True)
class Break:
    """The first place where the log is not as it was written; `what` is missing, inserted, changed or cut off."""

    seq: int
    what: str
    detail: str

    def __str__(self) -> str:
        return f"{self.what}: {self.detail}"


def link(before: bytes, row: Row) -> bytes:
    """Return the hash of an event that follows the one whose hash is `before`; its own is not looked at."""
    return sha256(before + _encode(row[:-1])).digest()


@dataclass
class Walk:
    """Follows the chain from event to event, up to the first place where it breaks.

    It starts behind the event `seq` with the hash `hash`; events up to `seq` were stored before the chain began.
    """

    seq: int = 0
    hash: bytes = FIRST
    events: int = 0
    first: Row | None = None
    last: Row | None = None
    found: Break | None = None
    _suspect: Row | None = field(default=None, repr=False)

    def follow(self, row: Row) -> None:
        """Take the next event, in the order of `seq`."""
        if self.found is not None:
            return
        if self._suspect is not None:
            self.found = _judge(self._suspect, row, self.hash)
            return
        self.events += 1
        self.first, self.last = self.first or row, row
        if row.seq <= self.seq:
            return
        if row.seq != self.seq + 1:
            self.found = _gap(self.seq + 1, row)
        elif link(self.hash, row) != row.hash:
            self._suspect = row
        else:
            self.seq, self.hash = row.seq, row.hash

    def ended(self) -> Break | None:
        """Return the first place where it broke, now that there are no more events; None where the log is whole."""
        if self.found is None and self._suspect is not None:
            self.found = _judge(self._suspect, None, self.hash)
        return self.found


def _gap(expected: int, row: Row) -> Break:
    which = f"event {expected}" if row.seq == expected + 1 else f"events {expected} to {row.seq - 1}"
    return Break(expected, "missing", f"{which} before {_named(row)}")


def _judge(suspect: Row, following: Row | None, before: bytes) -> Break:
    """Say what became of an event whose hash is wrong; one put in pushed those behind it one place on."""
    if following is not None and link(before, following._replace(seq=suspect.seq)) == following.hash:
        return Break(suspect.seq, "inserted", _named(suspect))
    if suspect.hash is None:
        return Break(suspect.seq, "inserted", f"{_named(suspect)} has no hash")
    return Break(suspect.seq, "changed", f"{_named(suspect)}, or the one before it")


def _named(row: Row) -> str:
    return f"event {row.seq} ({row.kind} of {row.day})"

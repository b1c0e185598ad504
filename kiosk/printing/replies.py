"""What a printer says, cut into replies. Pure.

Each kind of reply has fixed bits of its own, so that a report which nobody asked for is not taken for an answer,
and noise for neither.
"""

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a reply is about."""

    STATUS = auto()  # one byte, for DLE EOT
    PRINTED = auto()  # one byte, for GS r
    REPORT = auto()  # four bytes, "automatic status back": asked for once, then told at every change
    FULL = auto()  # four bytes after two, for Custom's full status
    CALLED_OFF = auto()  # three bytes: everything is forgotten


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply, without its head."""

    kind: Kind
    body: bytes


_FULL_HEAD = b"\x10\x0f"
_CALLED_OFF = b"\x37\x25\x00"


def replies(received: bytes) -> tuple[tuple[Reply, ...], bytes]:
    """Cut `received` into replies, and into the beginning of one whose end has not come yet."""
    found: list[Reply] = []
    at = 0
    while at < len(received):
        rest = received[at:]
        kind, head, length = _beginning(rest)
        if len(rest) < head + length:
            return tuple(found), rest
        if kind is not None:
            found.append(Reply(kind, rest[head : head + length]))
        at += head + length
    return tuple(found), b""


def _beginning(rest: bytes) -> tuple[Kind | None, int, int]:
    """Return what begins here, how long its head is, and how long its body; None for a byte of noise."""
    first = rest[0]
    if _CALLED_OFF.startswith(rest[:3]):
        return Kind.CALLED_OFF, 0, 3
    if rest[:2] == _FULL_HEAD:
        return Kind.FULL, 2, 4
    if first & 0x93 == 0x10:  # noqa: PLR2004 - fixed bits, as below
        return Kind.REPORT, 0, 4
    if first & 0x93 == 0x12:  # noqa: PLR2004
        return Kind.STATUS, 0, 1
    return (Kind.PRINTED if first & 0x90 == 0 else None), 0, 1

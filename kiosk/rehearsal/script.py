"""What a rehearsal is told to do, line by line. Pure."""

from typing import Literal

from msgspec import Struct

VERBS = {"tap": 1, "double-tap": 2}


class Tap(Struct, frozen=True):
    """Touch what has this name, so many times as quickly as a finger can."""

    name: str
    times: Literal[1, 2] = 1


class NotATap(ValueError):
    """A line that means nothing; the message says what it should be."""


def tap(line: str) -> Tap | None:
    """Read a line like `tap id-cards` or `double-tap language:uk`; None for an empty line or a # comment."""
    words = line.partition("#")[0].split()
    if not words:
        return None
    if len(words) != 2 or words[0] not in VERBS:  # noqa: PLR2004 - a verb and a name
        raise NotATap(f"{line.strip()!r} should be like 'tap id-cards' or 'double-tap id-cards'")
    return Tap(words[1], 2 if words[0] == "double-tap" else 1)

"""A call, as the wall shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

CALLS_ON_THE_WALL = 12

Kind = Literal["call", "recall"]


@dataclass(frozen=True)
class Call:
    """One call or recall; `call` rises by one with each of the day, from 1."""

    call: int
    number: str
    desk: str
    called_at: datetime
    kind: Kind

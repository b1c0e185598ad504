"""A desk at which a clerk sits."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OpenDesk:
    """The clerk's terminal is `client`; `ticket` is the order of the one that is called or served here.

    Since `ready_at` it waits for whoever comes next.
    """

    client: str
    paused: bool = False
    pause_reason: str | None = None
    ticket: int | None = None
    last_call_at: datetime | None = None
    clerk: str | None = None
    ready_at: datetime | None = None

"""A desk at which a clerk sits."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class OpenDesk:
    """The clerk's terminal is `client`; `ticket` is the order of the one that is called or served here."""

    client: str
    paused: bool = False
    pause_reason: str | None = None
    ticket: int | None = None
    last_call_at: datetime | None = None

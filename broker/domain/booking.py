"""A booked visit: a code, and nobody's name."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Booking:
    """A visit of `minutes` that the office expects at `booked_at`; `number` is that of the ticket once it was given."""

    code: str
    category: str
    booked_at: datetime
    minutes: int | None = None
    number: str | None = None

"""A ticket and the life it may lead."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .grounds import Grounds

# Of the running number after the letter, as in D017.
DIGITS = 3
LAST_NUMBER = 10**DIGITS - 1


class Status(StrEnum):
    """Where a ticket is in its life."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ON_HOLD = "on_hold"
    SERVED = "served"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    CLOSED = "closed"


# Read as: a WAITING ticket may only become CALLED, and so on.
# A recalled ticket stays CALLED, so CALLED may follow CALLED. A desk with a NEXT key alone never says that service
# began, so SERVED may follow CALLED. A transferred ticket is WAITING elsewhere, so WAITING may follow WAITING.
# Whatever is open when the day ends is CLOSED.
NEXT_STATUSES = {
    Status.WAITING: {Status.CALLED, Status.WAITING, Status.ON_HOLD, Status.CANCELLED, Status.CLOSED},
    Status.CALLED: {Status.CALLED, Status.SERVING, Status.SERVED, Status.NO_SHOW, Status.WAITING, Status.CLOSED},
    Status.SERVING: {Status.SERVED, Status.ON_HOLD, Status.WAITING, Status.CLOSED},
    Status.ON_HOLD: {Status.WAITING, Status.CLOSED},
    Status.SERVED: set(),
    Status.NO_SHOW: set(),
    Status.CANCELLED: set(),
    Status.CLOSED: set(),
}


@dataclass(frozen=True, slots=True)
class Ticket:
    """One resident's place in the hall.

    `order` is the running number of all tickets of the day and names the ticket for good; `number` is what the
    resident reads, and may come again when a series wraps. `anchor` is where the ticket stands on the timeline
    before head start and handicap: when it was issued, or the time `booked_at` of a visit that checked in on time.
    Nothing that happens to the ticket moves it.
    """

    order: int
    number: str
    category: str
    issued_at: datetime
    anchor: datetime
    priority: str | None = None
    language: str | None = None
    status: Status = Status.WAITING
    desk: str | None = None  # where it is called or served; while waiting, the one desk it was sent to
    called_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    printed: str | None = None  # printed, failed
    recalls: int = 0
    reason: str | None = None
    grounds: Grounds | None = None
    booked_at: datetime | None = None
    moves: int = 0  # changes of its status; one that was taken back is none

    def may_become(self, status: Status) -> bool:
        """Whether the table above allows it."""
        return status in NEXT_STATUSES[self.status]

"""The numbers behind a call: why this ticket and no other, so that anybody can check it later."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# In its turn by a press of NEXT, out of turn because a desk asked for the number, or in its turn without any press.
How = Literal["in_turn", "by_number", "auto"]


@dataclass(frozen=True)
class Grounds:
    """Why a desk called a ticket, in numbers; stored with the call.

    `place` is None where the desk called by number what it does not take otherwise; `next_number` is None where nobody
    else was in line. `anchor` is left out where it is the moment of issue.
    """

    how: How
    desk: str
    issued_at: datetime
    place: datetime | None = None
    anchor: datetime | None = None
    booked_at: datetime | None = None
    priority: str | None = None
    head_start_minutes: int = 0
    handicap_minutes: int = 0
    next_number: str | None = None
    next_place: datetime | None = None

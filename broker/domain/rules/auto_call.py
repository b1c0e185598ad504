"""Calls without a press: a desk that asked for the next while nobody waited gets whoever comes."""

from datetime import datetime
from typing import TYPE_CHECKING

from broker.domain import events as e
from broker.domain.policy import next_ticket

from .calling import calling

if TYPE_CHECKING:
    from broker.domain.hall import Hall


def auto_calls(hall: "Hall", now: datetime) -> e.Events:
    """Call to each ready desk, the longest ready first, the ticket whose place is earliest there."""
    calls: e.Events = ()
    ready = [(state.ready_at, desk) for desk, state in hall.desks.items() if state.ready_at is not None]
    for _, desk_id in sorted(ready):
        desk = hall.office.desks.get(desk_id)
        choice = next_ticket(hall.front(), desk, hall.office) if desk else None
        if desk and choice:
            call = calling(hall, choice, desk, now, how="auto")
            hall = hall.after(call)
            calls = (*calls, call)
    return calls

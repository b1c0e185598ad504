"""Which calls no wall has shown in time, so that their clerks can be told.

Theory of operation. A wall says in its health that it shows calls, and confirms each one as soon as it is drawn. A call
that none has confirmed after `LATE_S` is told to its desk, and taken back when a wall confirms it later. Where there
is no wall, none is missed: one counts while it is up, or, if the office registers its devices, as long as it is
registered.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec
from msgspec import Struct

from broker.contract.messages import Request, ShownRequest
from broker.domain.call import Call
from broker.domain.hall import Hall
from broker.domain.ticket import Status
from broker.store.devices import Devices

LATE_S = 3.0


class _Wall(Struct, frozen=True):
    """What matters here of a device's health."""

    status: Literal["up", "degraded", "down"]
    shows_calls: bool = False


class _Open(Struct, frozen=True):
    """Since when a call stands, and whether there was a wall to show it."""

    since: float
    expected: bool


_decode = msgspec.json.Decoder(_Wall).decode


class Showing:
    """Follows walls and calls; `unshown` are the desks whose call no wall has confirmed in time."""

    def __init__(self) -> None:
        self.unshown: frozenset[str] = frozenset()
        self._walls: dict[str, bool] = {}  # client -> whether it is up
        self._day = date.min
        self._open: dict[int, _Open] = {}
        self._drawn: set[int] = set()

    def hear_health(self, topic: str, payload: bytes) -> None:
        """Take note of a wall that came or went."""
        try:
            health = _decode(payload)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            return  # a health that nobody can read is no wall's
        if health.shows_calls:
            self._walls[topic.rpartition("/")[2]] = health.status != "down"

    def forget_walls(self) -> None:
        """Wait for the walls to tell of themselves again: the server may be another one."""
        self._walls.clear()

    def hear(self, request: Request) -> bool:
        """Take note of a call that is drawn and not yet spoken; False if the request is about anything else."""
        if not isinstance(request, ShownRequest) or request.spoken:
            return False
        self._drawn.add(request.call)
        return True

    def look(self, hall: Hall, devices: Devices, now_s: float) -> bool:
        """Work `unshown` out anew; whether it has changed."""
        if hall.day != self._day:  # yesterday's call numbers mean others today
            self._day, self._open = hall.day, {}
            self._drawn.clear()
        expected = self._expects(devices)
        standing = list(_standing(hall))
        self._open = {call.call: self._open.get(call.call) or _Open(now_s, expected) for call in standing}
        late = (call for call in standing if self._is_late(call, hall, now_s, expected=expected))
        before, self.unshown = self.unshown, frozenset(call.desk for call in late)
        self._drawn.intersection_update(call.call for call in hall.calls)
        return self.unshown != before

    def _expects(self, devices: Devices) -> bool:
        if devices:
            return any(wall in devices for wall in self._walls)
        return any(self._walls.values())

    def _is_late(self, call: Call, hall: Hall, now_s: float, *, expected: bool) -> bool:
        known = self._open[call.call]
        confirmed = call.call in hall.shown or call.call in self._drawn
        return (expected or known.expected) and not confirmed and now_s - known.since >= LATE_S


def _standing(hall: Hall) -> Iterator[Call]:
    """Yield the newest call of every desk whose resident has not come yet."""
    desks: set[str] = set()
    for call in hall.calls:  # newest first
        ticket = hall.ticket_at(call.desk) if call.desk not in desks else None
        desks.add(call.desk)
        if ticket is not None and ticket.status is Status.CALLED and ticket.number == call.number:
            yield call

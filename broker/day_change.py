"""When a business day ends and the next one begins, by a clock that may be wrong. Pure: every time comes in.

Theory of operation. A Raspberry Pi may wake with the time at which it went to sleep, or with 1970, until a time server
answers; and anybody may set its clock. So the clock is believed with these exceptions:

* No day begins that is before the newest one of the log, nor before `NO_HALL_BEFORE`. What is asked for meanwhile is
  carried out on the newest day: its numbers go on, so none is given out twice, and a resident does not wait in vain.
* A clock that leaps was set: it shows other seconds than a steady one. If that begins another day while people are in
  the hall who came since the broker's start, they keep their day, and so their numbers, until the hall is empty, or
  until the day after it begins in the course of time.
* A day of the future, opened by a clock that was ahead, is left behind when a time server has answered, or the clock
  was seen to be set back; and only for a day that is later than those before it.
* No day begins twice: one whose name the log has already is passed over.
"""

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta

from broker.domain.commands import Command, EndDay, StartDay
from broker.domain.hall import Hall

# A clock that says less was never set; the system's own beginnings of time are earlier. The noon of a working day.
NO_HALL_BEFORE = datetime(2025, 1, 2, 12, tzinfo=UTC)
# What a time server corrects in passing, and what a busy computer lets pass between two looks at two clocks.
LEAP_S = 60.0


class DayChange:
    """Follows the clock; one for each start of the broker.

    `steady_s` counts seconds whatever the clock is set to, and None where time cannot leap; `known` gives the days of
    the log; `synchronised` says whether a time server has set the clock.
    """

    def __init__(
        self,
        hall: Hall,
        known: Callable[[], Collection[date]],
        steady_s: Callable[[], float] | None = None,
        synchronised: Callable[[], bool] = bool,
    ) -> None:
        self._known = known
        self._steady_s = steady_s
        self._synchronised = synchronised
        self._day = hall.day
        self._start = hall.day, len(hall.open) + len(hall.ended)
        self._newest = newest_moment(hall)
        self._looked: tuple[datetime, float] | None = None
        self._set_back = False
        self._put_off: date | None = None

    def commands(self, hall: Hall, now: datetime) -> tuple[Command, ...]:
        """Return what ends the day and begins the next, if that is due; to be asked again and again."""
        leap_s = self._leap_s(now)
        self._set_back |= leap_s < -LEAP_S
        self._notice(hall, now)
        if not self._is_due(hall, now, leapt=abs(leap_s) > LEAP_S):
            self._newest = max(now, self._newest or now)
            return ()
        return (EndDay(), StartDay(corrected=not hall.is_over(plausible(now))))

    def problem(self, hall: Hall, now: datetime) -> str | None:
        """Return in plain words what is wrong with the clock; None if nothing is known against it."""
        self._notice(hall, now)
        zone = hall.office.time_zone
        says = f"the clock says {now.astimezone(zone):%Y-%m-%d %H:%M}"
        remedy = "is there a time server? see timedatectl"
        if now < NO_HALL_BEFORE:
            return f"{says}, which cannot be: tickets are counted on {hall.day} until it is set; {remedy}"
        if self._newest is not None and now < self._newest - timedelta(seconds=LEAP_S):
            was = f"{self._newest.astimezone(zone):%Y-%m-%d %H:%M}"
            return f"{says}, but it has been {was}: tickets are counted on {hall.day} until it is right; {remedy}"
        if self._put_off is not None:
            return f"{says}, it was set while people waited: they keep {hall.day}, until the hall is empty"
        if hall.office.business_day(now) != hall.day:
            return f"{says}, but tickets are counted on {hall.day}: there have been tickets of that day before"
        return None

    def _notice(self, hall: Hall, now: datetime) -> None:
        """Take note that another day has begun, and is stored: what was known of the clock before is over."""
        if hall.day != self._day:
            self._day, self._newest, self._set_back, self._put_off = hall.day, now, False, None

    def _leap_s(self, now: datetime) -> float:
        """Return by how many seconds the clock was set since the last look."""
        if self._steady_s is None:
            return 0.0
        before, self._looked = self._looked, (now, self._steady_s())
        if before is None:
            return 0.0
        return (now - before[0]).total_seconds() - (self._looked[1] - before[1])

    def _is_due(self, hall: Hall, now: datetime, *, leapt: bool) -> bool:
        day = hall.office.business_day(plausible(now))
        back = day < hall.day
        if day == hall.day or not self._may_begin(day, hall):
            self._put_off = None
            return False
        people = self._people_since_the_start(hall)
        if people and (leapt or (back and self._put_off is None)):
            self._put_off = day
        return not people or day != self._put_off

    def _may_begin(self, day: date, hall: Hall) -> bool:
        if day > hall.day:
            return day not in self._known()
        if not (self._set_back or self._synchronised()):
            return False
        return day > max((known for known in self._known() if known < hall.day), default=date.min)

    def _people_since_the_start(self, hall: Hall) -> bool:
        day, came_before = self._start
        return any(order > came_before or day != hall.day for order in hall.open)


def plausible(now: datetime) -> datetime:
    """Return a time at which there may be a hall: not one that only an unset clock shows."""
    return max(now, NO_HALL_BEFORE)


def newest_moment(hall: Hall) -> datetime | None:
    """Return the latest time that is known of the day's tickets; None before the first."""
    tickets = (*hall.open.values(), *hall.ended.values())
    moments = (moment for t in tickets for moment in (t.issued_at, t.called_at, t.started_at, t.ended_at))
    return max((moment for moment in moments if moment is not None), default=None)

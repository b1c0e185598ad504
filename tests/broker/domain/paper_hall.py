"""A hall as an office would keep it with paper and pencil: slips on a pile, names at desks, the rules by heart.

Written from the design alone and apart from the broker's own code, which has to agree with it after every step.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from tests.broker.domain.halls import minutes
from tests.broker.domain.timeline import handicap


@dataclass(frozen=True)
class Slip:
    """One ticket on paper; `moved_by` is the press that moved it last."""

    order: int
    number: str
    category: str
    place: datetime
    status: str = "waiting"
    desk: str | None = None
    recalls: int = 0
    moved_by: int = 0


@dataclass(frozen=True)
class Seat:
    """A desk at which a clerk sits."""

    slip: int | None = None
    paused: bool = False
    ready_since: datetime | None = None
    last_call: datetime | None = None


@dataclass
class Press:
    """A key of a desk: the seat and the slips as they were before, and the number of the last call before it."""

    id: int
    at: datetime
    seat: Seat
    last_call: int
    slips: dict[int, Slip] = field(default_factory=dict)
    called: bool = False
    sent_back: set[int] = field(default_factory=set)


class PaperHall:
    """Every method is one thing that somebody does at `now`, and says whether it was allowed."""

    def __init__(self, office, now):
        self.office, self.now = office, now
        self.slips, self.seats, self.presses = {}, {}, {}
        self.newest = {}  # number: order
        self.series, self.given_out = Counter(), Counter()
        self.wall, self.calls = [], 0
        self._press_ids = count(1)

    # -- residents -----------------------------------------------------------------------------------------------------

    def take(self, category, priority, booked_at):
        matter = self.office.categories[category]
        full = matter.daily_limit is not None and self.given_out[category] >= matter.daily_limit
        if full or not self.is_open(category):
            return False
        early, late = minutes(self.office.booking_early_minutes), minutes(self.office.booking_late_minutes)
        on_time = booked_at is not None and booked_at - early <= self.now <= booked_at + late
        head_start = minutes(self.office.priorities[priority].head_start_minutes if priority else 0)
        number = f"{matter.letter}{matter.first_number + self.series[matter.letter]:03d}"
        self.series[matter.letter] += 1
        self.given_out[category] += 1
        order = self.newest[number] = len(self.slips) + 1
        self.slips[order] = Slip(order, number, category, (booked_at if on_time else self.now) - head_start)
        return True

    def is_open(self, category):
        hours = self.office.categories[category].hours
        return hours is None or self.now.astimezone(self.office.time_zone).hour == 9

    def cancel(self, number):
        slip = self.slips.get(self.newest.get(number))
        return slip is not None and slip.status == "waiting" and self._move(slip, None, status="cancelled")

    # -- desks ---------------------------------------------------------------------------------------------------------

    def open(self, desk):
        seat = self.seats.get(desk)
        if seat is None or seat.paused:
            self.seats[desk] = replace(seat or Seat(), paused=False)
            self.presses.pop(desk, None)
        return True

    def close(self, desk):
        if desk in self.seats:
            press = self._press(desk)
            self._clear(desk, press, "served")
            for slip in [slip for slip in self.slips.values() if slip.status == "waiting" and slip.desk == desk]:
                self._move(slip, press, desk=None)
                press.sent_back.add(slip.order)
            del self.seats[desk]
        return True

    def pause(self, desk):
        self._clear(desk, self._press(desk), "served")
        return self._sit(desk, paused=True, ready_since=None)

    def next(self, desk):
        if self._just_called(desk):
            return False
        first = min(self.line(desk), default=None)
        if first is None and self.seats[desk].slip is None and not self.office.auto_call:
            return False
        if first is None and self.seats[desk].ready_since:
            return True
        press = self._press(desk)
        self._clear(desk, press, "served")
        if first:
            return self._call(desk, self.slips[first[1]], press)
        return not self.office.auto_call or self._sit(desk, paused=False, ready_since=self.now)

    def call(self, desk, number):
        here = self.slips.get(self.seats[desk].slip)
        if not self.office.call_by_number or (here and number == _digits(here) and self._just_called(desk)):
            return False
        slip = self.meant(desk, number, "waiting")
        if slip is None:
            return False
        press = self._press(desk)
        self._clear(desk, press, "served")
        return self._call(desk, slip, press)

    def recall(self, desk):
        slip = self._here(desk, "called")
        if slip is None:
            return False
        if slip.recalls >= self.office.recalls_before_no_show:
            return self.no_show(desk)
        self.slips[slip.order] = replace(slip, recalls=slip.recalls + 1)
        return self._announce(slip, desk)

    def start(self, desk):
        slip = self._here(desk, "called")
        return slip is not None and self._move(slip, self._press(desk), status="serving")

    def finish(self, desk):
        return self._leaves(desk, "served", "called", "serving")

    def no_show(self, desk):
        return self._leaves(desk, "no_show", "called")

    def hold(self, desk, number=None):
        if number is None:
            return self._leaves(desk, "on_hold", "serving")
        slip = self.meant(desk, number, "waiting")
        return slip is not None and self._move(slip, self._press(desk), status="on_hold", desk=None)

    def resume(self, desk, number):
        slip = self.meant(desk, number, "on_hold")
        return slip is not None and self._move(slip, self._press(desk), status="waiting", desk=None)

    def transfer(self, desk, category, to_desk, number=None):
        slip = self._here(desk, "called", "serving") if number is None else self.meant(desk, number, "waiting")
        desks = [to_desk] if to_desk else self.office.desks_of[category]
        staffed = any(each in self.seats and not self.seats[each].paused for each in desks)
        if slip is None or not staffed or not (to_desk or self.is_open(category)):
            return False
        press = self._press(desk)
        if number is None:
            self._clear(desk, press, "waiting")
        return self._move(
            self.slips[slip.order], press, status="waiting", category=category or slip.category, desk=to_desk
        )

    def undo(self, desk):
        press = self.presses.get(desk)
        if press is None or (self.now - press.at).total_seconds() > self.office.undo_s:
            return False
        gone_on = {order for order in press.slips if self.slips[order].moved_by != press.id}
        if gone_on - press.sent_back:
            return False
        for slip in (slip for slip in press.slips.values() if slip.order not in gone_on):
            nobody = slip.status == "waiting" and slip.desk not in {*self.seats, desk}
            self.slips[slip.order] = replace(slip, desk=None) if nobody else slip
        self.seats[desk] = press.seat
        if press.called:
            self._sit(desk, ready_since=None)
            self.wall = [call for call in self.wall if call[2] != desk or call[0] <= press.last_call]
        del self.presses[desk]
        return True

    def ready_desks_call(self):
        """Call to each desk that is ready, the longest ready first, the first in its line."""
        for _, desk in sorted((seat.ready_since, desk) for desk, seat in self.seats.items() if seat.ready_since):
            first = min(self.line(desk), default=None)
            if first:
                slip, own = self.slips[first[1]], self.presses.get(desk)
                goes_with_the_key = own is not None and slip.moved_by == own.id and own.at == self.now
                self._call(desk, slip, own if goes_with_the_key else self._press(desk))

    # -- who is where --------------------------------------------------------------------------------------------------

    def line(self, desk):
        """Return (place, order) of all who wait and whom the desk takes."""
        return [
            (slip.place + minutes(late), slip.order)
            for slip in self.slips.values()
            if slip.status == "waiting" and (late := handicap(slip, self.office.desks[desk])) is not None
        ]

    def meant(self, desk, number, status):
        """Return the slip in `status` that a clerk means by a number or by digits; None if none or several."""
        if number in self.newest:
            slip = self.slips[self.newest[number]]
            return slip if slip.status == status else None
        fits = [slip for slip in self.slips.values() if slip.status == status and number == _digits(slip)]
        fits = [slip for slip in fits if handicap(slip, self.office.desks[desk]) is not None]
        return fits[0] if len(fits) == 1 else None

    def any(self, status):
        return any(slip.status == status for slip in self.slips.values())

    def _here(self, desk, *statuses):
        slip = self.slips.get(self.seats[desk].slip)
        return slip if slip and slip.status in statuses else None

    def _just_called(self, desk):
        last = self.seats[desk].last_call
        return last is not None and (self.now - last).total_seconds() < self.office.double_press_s

    # -- pencil --------------------------------------------------------------------------------------------------------

    def _press(self, desk):
        press = self.presses[desk] = Press(next(self._press_ids), self.now, self.seats[desk], self.calls)
        return press

    def _move(self, slip, press, **changes):
        if press:
            press.slips.setdefault(slip.order, slip)
        moved_by = press.id if press else next(self._press_ids)
        self.slips[slip.order] = replace(slip, moved_by=moved_by, **changes)
        return True

    def _sit(self, desk, **changes):
        self.seats[desk] = replace(self.seats[desk], **changes)
        return True

    def _clear(self, desk, press, status):
        """Take away the slip that lies at a desk, if one does."""
        slip = self.slips.get(self.seats[desk].slip)
        if slip:
            keeps = slip.desk if status in {"served", "no_show"} else None
            self._move(slip, press, status=status, desk=keeps)
            self._sit(desk, slip=None)

    def _leaves(self, desk, status, *from_statuses):
        if self._here(desk, *from_statuses) is None:
            return False
        self._clear(desk, self._press(desk), status)
        return True

    def _call(self, desk, slip, press):
        self._move(slip, press, status="called", desk=desk, recalls=0)
        press.called = True
        self._sit(desk, slip=slip.order, paused=False, ready_since=None, last_call=self.now)
        return self._announce(slip, desk)

    def _announce(self, slip, desk):
        self.calls += 1
        self.wall = [(self.calls, slip.number, desk), *self.wall][:12]
        return True


def _digits(slip):
    return str(int(slip.number[-3:]))

"""How long it will take: a range from recent service times and the desks that are open.

A resident with n people ahead waits about (n + 1/2) services, shared by the desks that take the matter; a desk that
also has other matters to call gives each its share. The range covers four of five residents if service times
scatter as the recent ones did. With too little to go by there is no forecast: an honest blank beats a made-up number.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil, floor, sqrt
from typing import TYPE_CHECKING

from .lines import ahead, line_of, stand_of
from .office import Category
from .ticket import Ticket

if TYPE_CHECKING:
    from .hall import Hall

FEWEST_SERVICES = 3
HALF_OF_A_SERVICE = 0.5  # what is left, on average, of the one going on
FOUR_OF_FIVE = 1.28  # standard deviations either side

Minutes = tuple[int, int]


class Forecast:
    """The waits in one hall, as it is now."""

    def __init__(self, hall: "Hall") -> None:
        self._hall = hall
        self.waiting = dict.fromkeys(hall.office.categories, 0)
        for (category, _), line in hall.lines.items():
            self.waiting[category] = self.waiting.get(category, 0) + len(line)
        self._staffed = {desk for desk, state in hall.desks.items() if not state.paused and desk in hall.office.desks}

    def ahead(self, ticket: Ticket) -> int:
        """Return how many stand before this waiting ticket in its line."""
        return ahead(self._hall.lines[line_of(ticket)], stand_of(ticket, self._hall.office))

    def waiting_at(self, desk: str) -> dict[str, int]:
        """Return how many the desk could call, by category: those of its matters, and those sent to it alone."""
        waiting = dict.fromkeys(self._hall.office.desks[desk].handicaps, 0)
        for (category, sent_to), line in self._hall.lines.items():
            if sent_to == desk or (sent_to is None and category in waiting):
                waiting[category] = waiting.get(category, 0) + len(line)
        return waiting

    def newcomer(self, category: str) -> Minutes | None:
        """Return the wait of somebody who took a ticket now, in minutes; None if too little is known."""
        return self.wait(category, self.waiting.get(category, 0))

    def wait(self, category: str, ahead: int) -> Minutes | None:
        """Return the wait behind `ahead` people, in minutes (low, high); None if too little is known."""
        range_s = self._range_s(category, ahead)
        if range_s is None:
            return None
        middle, spread = range_s
        low = max(0, floor((middle - spread) / 60))
        return low, max(low + 1, ceil((middle + spread) / 60))

    def is_too_late(self, category: Category, now: datetime) -> bool:
        """Whether a newcomer would more likely be called after closing than before; where that is unknown, no."""
        left = self._hall.office.open_time_left(category, now)
        range_s = None if left is None else self._range_s(category.id, self.waiting[category.id])
        return left is not None and range_s is not None and timedelta(seconds=range_s[0]) > left

    def _range_s(self, category: str, ahead: int) -> tuple[float, float] | None:
        """Return the middle of the wait behind `ahead` people, and how far it may be off, in seconds."""
        services = self._hall.service_s.get(category, ())
        if len(services) < FEWEST_SERVICES:
            return None
        desks = sum(self._share(desk, category) for desk in self._desks(category))
        if not desks:
            return None
        mean = sum(services) / len(services)
        deviation = sqrt(sum((service - mean) ** 2 for service in services) / len(services))
        return (ahead + HALF_OF_A_SERVICE) * mean / desks, FOUR_OF_FIVE * deviation * sqrt(ahead + 1) / desks

    def _desks(self, category: str) -> Iterable[str]:
        return (desk for desk in self._hall.office.desks_of.get(category, ()) if desk in self._staffed)

    def _share(self, desk: str, category: str) -> float:
        """Return which part of the desk's time the category gets: the same as each other one that waits for it."""
        taken = self._hall.office.desks[desk].handicaps
        return 1 / sum(1 for other in taken if other == category or self.waiting.get(other))

"""Numbers that may have been given out unknown to the log, since it was restored from a backup, are passed over."""

from datetime import datetime
from typing import TYPE_CHECKING

from broker.domain import commands as c
from broker.domain import events as e

if TYPE_CHECKING:
    from broker.domain.hall import Hall


def skip_numbers(hall: "Hall", command: c.SkipNumbers, now: datetime) -> e.Events:
    """Go on so many numbers later in every series; calls too, since a wall announces no call number twice."""
    first = {category.letter: category.first_number for category in hall.office.categories.values()}
    last = {letter: hall.last_numbers.get(letter, number - 1) + command.count for letter, number in first.items()}
    return (e.NumbersSkipped(now, last, hall.call + command.count),)

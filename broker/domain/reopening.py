"""When a matter gives tickets again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from .office import Category, Office

DAYS_AHEAD = 60  # an office that stays closed longer says nothing


def next_opening(office: Office, category: Category, now: datetime, *, full: bool) -> datetime | None:
    """Return when the matter opens next, in the office's own time; one that is full opens on another business day.

    None where it has no opening hours: nobody is told to come at the small hour at which the day changes.
    """
    today = office.business_day(now)
    openings = _openings(office, category, now)
    return next((opening for opening in openings if not full or office.business_day(opening) > today), None)


def _openings(office: Office, category: Category, now: datetime) -> Iterator[datetime]:
    """Yield the moments after `now` at which the matter opens."""
    if category.hours is None:
        return
    local = now.astimezone(office.time_zone)
    for days in range(DAYS_AHEAD):
        day = local.date() + timedelta(days=days)
        if day in office.days_off:
            continue
        for start in category.hours.starts(day, holiday=day in office.holidays):
            opening = datetime.combine(day, start, office.time_zone)
            if opening > local:
                yield opening

"""What time it is in the office, whatever zone the wall's own computer is set to."""

import logging
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

log = logging.getLogger(__name__)


def office_time(now: datetime, time_zone: str) -> datetime:
    """Return `now` in the office's zone; in the computer's own where the zone is not said or not known."""
    try:
        return now.astimezone(ZoneInfo(time_zone) if time_zone else None)
    except (KeyError, ValueError, OSError):
        log.warning("the office's time zone %r is not known here", time_zone)
        return now.astimezone()


def now_in(time_zone: str) -> datetime:
    """Return the office's time now."""
    return office_time(datetime.now(UTC), time_zone)

"""What stands in one line of a list of booked visits: a code, a matter, a time, as offices write them. Pure functions.

Whatever cannot be read is a ValueError, whose words say what it should be.
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from broker.domain.office import Office

LONGEST_VISIT_MINUTES = 480
BOOKED = {"", "booked", "confirmed", "aktywna", "umówiona", "umówione", "potwierdzona", "zarezerwowana"}
CANCELLED = {"cancelled", "canceled", "anulowana", "anulowano", "odwołana", "odwołane", "odwołano"}

_CODE = re.compile(r"[0-9]{6}")
_POLISH_TIME = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})[ ,T]+(\d{1,2}:\d{2}(?::\d{2})?)")


def code(text: str) -> str:
    """Read `482913`, also in groups like `482 913`."""
    digits = re.sub(r"[ \u00a0-]", "", text)
    if _CODE.fullmatch(digits):
        return digits
    lost = "; a spreadsheet may have dropped its leading 0" if digits.isascii() and digits.isdecimal() else ""
    raise ValueError(f"code {text!r} should be six digits, like 048213{lost}")


def category(text: str, office: Office) -> str:
    """Read a matter by its id, or by its name in any language of the office."""
    wanted = text.casefold()
    if text in office.categories:
        return text
    found = [each.id for each in office.categories.values() if wanted in map(str.casefold, each.name.values())]
    if len(found) == 1:
        return found[0]
    raise ValueError(f"category {text!r} should be a matter of the office: {', '.join(office.categories)}")


def moment(text: str, zone: ZoneInfo) -> datetime:
    """Read `2026-11-24T10:00` or `24.11.2026 10:00`, in the office's time where it brings no offset of its own."""
    wanted = f"time {text!r} should be like 2026-11-24T10:00 or 24.11.2026 10:00"
    if polish := _POLISH_TIME.fullmatch(text):
        day, month, year, clock = polish.groups()
        iso = f"{year}-{month:0>2}-{day:0>2}T{clock:0>5}"
    else:
        iso = text
    if ":" not in iso and "T" not in iso:
        raise ValueError(wanted)
    try:
        read = datetime.fromisoformat(iso)
        return read.astimezone(zone) if read.tzinfo else _local(read, zone, text)
    except OverflowError:
        raise ValueError(wanted) from None
    except ValueError as error:
        raise error if isinstance(error, _NoSuchTime) else ValueError(wanted) from None


def minutes(text: str) -> int | None:
    """Read how long a visit takes; nothing says nothing."""
    if not text:
        return None
    if text.isascii() and text.isdecimal() and 0 < int(text) <= LONGEST_VISIT_MINUTES:
        return int(text)
    raise ValueError(f"minutes {text!r} should be a whole number from 1 to {LONGEST_VISIT_MINUTES}, or left out")


def is_cancelled(text: str) -> bool:
    """Read whether a visit was called off."""
    word = text.casefold()
    if word in CANCELLED:
        return True
    if word in BOOKED:
        return False
    raise ValueError(f"status {text!r} should be booked or cancelled, or left out")


class _NoSuchTime(ValueError):
    """A clock of the office never shows it, or shows it twice."""


def _local(read: datetime, zone: ZoneInfo, text: str) -> datetime:
    """Take a time without an offset for the office's own; not one that a change of the clocks leaves open."""
    local = read.replace(tzinfo=zone)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise _NoSuchTime(f"time {text!r} needs its offset, like +01:00: the clocks change in that hour")
    return local

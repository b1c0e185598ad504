"""When a matter gives numbers again, as people say it. Pure functions."""

from collections.abc import Iterable
from datetime import date, datetime

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton

from .tongue import Tongue

A_WEEK = 7  # days; farther away, a weekday's name would mislead


def opens(tongue: Tongue, opens_at: datetime, today: str) -> str:
    """Return "tomorrow from 7:30" and the like; `today` is the menu's day."""
    words = tongue.words
    hour = f"{opens_at.hour}:{opens_at:%M}"
    days = (opens_at.date() - _day(today, opens_at)).days
    if days <= 0:
        return words.gettext("today from %s") % hour
    if days == 1:
        return words.gettext("tomorrow from %s") % hour
    if days < A_WEEK:
        return words.gettext("%(day)s from %(hour)s") % {"day": _weekday(tongue, opens_at), "hour": hour}
    return words.gettext("from %(date)s, %(hour)s") % {"date": _date(tongue, opens_at), "hour": hour}


def earliest(moments: Iterable[datetime | None]) -> datetime | None:
    """Return the first of the moments that are known."""
    return min((moment for moment in moments if moment), default=None)


def _day(today: str, otherwise: datetime) -> date:
    try:
        return date.fromisoformat(today)
    except ValueError:
        return otherwise.date()


def _weekday(tongue: Tongue, moment: datetime) -> str:
    words = tongue.words
    return (
        words.gettext("on Monday"),
        words.gettext("on Tuesday"),
        words.gettext("on Wednesday"),
        words.gettext("on Thursday"),
        words.gettext("on Friday"),
        words.gettext("on Saturday"),
        words.gettext("on Sunday"),
    )[moment.weekday()]


def _date(tongue: Tongue, moment: datetime) -> str:
    try:
        locale = Locale.parse("en_GB" if tongue.language == "en" else tongue.language)
    except (UnknownLocaleError, ValueError):
        return f"{moment:%d.%m}"
    return format_skeleton("MMMMd", moment, locale=locale)

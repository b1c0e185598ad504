"""Numbers as the office says them, in the language of a catalogue. Pure functions."""

import re
from collections.abc import Iterable
from gettext import NullTranslations

from broker.contract.messages import Minutes

_BEFORE_A_NUMBER = re.compile(r"(?<=[^\W\d]) (?=\d)")


def side_by_side(parts: Iterable[str]) -> str:
    """Set parts that belong together on one line; where it breaks, no line begins with the dot."""
    return "\u00a0· ".join(part for part in parts if part)


def unparted(text: str) -> str:
    """Keep a number on the line of the word that it belongs to: no line begins with the 24 of "Stanowisko 24"."""
    return _BEFORE_A_NUMBER.sub("\u00a0", text)


def people_waiting(words: NullTranslations, count: int) -> str:
    """Say how many people wait for a matter."""
    if not count:
        return words.gettext("nobody is waiting")
    return words.ngettext("%d person is waiting", "%d people are waiting", count) % count


def people_ahead(words: NullTranslations, count: int) -> str:
    """Say how many people come before a ticket."""
    if not count:
        return words.gettext("nobody")
    return words.ngettext("%d person", "%d people", count) % count


def expected_wait(words: NullTranslations, minutes: Minutes | None) -> str:
    """Say how long it will take; nothing where there is too little to say."""
    if minutes is None:
        return ""
    low, high = minutes
    if high <= 0:
        return words.gettext("no wait")
    if low <= 0:
        return words.gettext("up to %d min") % high
    if low == high:
        return words.gettext("about %d min") % low
    return words.gettext("%(low)d–%(high)d min") % {"low": low, "high": high}

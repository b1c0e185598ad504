"""The wall's own words in the language of its screen."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from babel.dates import format_date

from broker.contract.words import words

from .settings import LOCALE


class Phrases(NamedTuple):
    """Every phrase on the wall, ready to be drawn."""

    please_wait: str
    offline: str
    greeting: str
    advice: str
    short_advice: str
    now_called: str
    last_called: str
    recent_calls: str
    no_recent_calls: str
    waiting: str
    nobody_waiting: str
    number: str
    closed: str
    paused: str
    minutes: str
    day: Callable[[date], str]
    short_day: Callable[[date], str]


def phrases(language: str) -> Phrases:
    """Read the phrases of a language; one without a catalogue speaks English."""
    catalogue = words(LOCALE, language)
    _ = catalogue.gettext
    return Phrases(
        please_wait=_("Please wait"),
        offline=_("No link to the queue"),
        greeting=_("Good day!"),
        advice=_("Take a ticket and wait for your number."),
        short_advice=_("Take a ticket."),
        now_called=_("Now called"),
        last_called=_("Last called"),
        recent_calls=_("Recent calls"),
        no_recent_calls=_("Earlier calls will appear here."),
        waiting=_("People waiting"),
        nobody_waiting=_("Nobody is waiting."),
        number=_("Number"),
        closed=_("Closed"),
        paused=_("Back soon"),
        minutes=_("%s min"),
        day=lambda day: format_date(day, "EEEE, d MMMM", locale=language),
        short_day=lambda day: format_date(day, "d MMMM", locale=language),
    )

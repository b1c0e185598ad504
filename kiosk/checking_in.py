"""The screen on which the code of a booked visit is typed, and the refusals that only a visit meets. Pure functions."""

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from .place import CheckIn, Refused
from .scanner import CODE_DIGITS
from .state import State
from .tongue import Tongue
from .view import Button, Fact, View
from .visits import NO_CODE, expects_visits

ROWS = ("123", "456", "789")


def check_in(state: State, tongue: Tongue) -> View:
    """Show what was typed of the code, and the digits."""
    assert isinstance(state.place, CheckIn)
    words, digits = tongue.words, state.place.digits
    rows = tuple(tuple(Button(f"code:{digit}", digit) for digit in row) for row in ROWS)
    whole = len(digits) == CODE_DIGITS
    last = (
        Button("code:erase", "", said=words.gettext("Erase"), icon="erase"),
        Button("code:0", "0"),
        Button("code:confirm", words.gettext("Confirm"), strong=whole),
    )
    return View(
        "check_in",
        heading=words.gettext("Code of the booked visit"),
        lines=(words.gettext("Type the six digits that you were given."),),
        advice=_trouble(state.place, tongue),
        # Apart, so that they are read aloud one by one.
        typed=" ".join(digits),
        keys=(*rows, last),
        buttons=(Button("back", words.gettext("Back")),),
    )


def check_in_button(state: State, tongue: Tongue) -> tuple[Button, ...]:
    """Return the way to the code, where visits are booked."""
    if not expects_visits(state):
        return ()
    return (Button("check_in", tongue.words.gettext("I have a booked visit")),)


def turned_away(place: Refused, tongue: Tongue) -> tuple[str, str, tuple[Fact, ...]] | None:
    """Return heading, line and facts for a code that is right and gives no number now; None for all else.

    Behind the heading stands the number that the visit has, where it has one.
    """
    words = tongue.words
    if place.code == "booking_used":
        return (
            words.gettext("This visit already has the number"),
            words.gettext("Please wait until it is called. If it was called before, ask a member of staff."),
            (),
        )
    if place.code == "wrong_day":
        return (
            words.gettext("The visit is on another day"),
            words.gettext("You can come on that day, or take a number for today."),
            (Fact(words.gettext("Booked visit"), _moment(place, tongue)),) if place.booked_at else (),
        )
    return None


def _trouble(place: CheckIn, tongue: Tongue) -> str:
    """Say what was wrong with the last code."""
    words = tongue.words
    return {
        "": "",
        "unknown_booking": words.gettext("There is no visit with this code. Please check the digits."),
        "too_soon": words.gettext("Too many wrong codes. Please wait a minute."),
        NO_CODE: words.gettext("That was not the code of a visit. Please type its six digits."),
    }[place.trouble]


def _moment(place: Refused, tongue: Tongue) -> str:
    """Return day and time by the office's clock: Tuesday, 24 November 2026, 10:00."""
    assert place.booked_at is not None
    hour = f"{place.booked_at.hour}:{place.booked_at:%M}"
    try:
        locale = Locale.parse("en_GB" if tongue.language == "en" else tongue.language)
    except (UnknownLocaleError, ValueError):
        return f"{place.booked_at:%d.%m}, {hour}"
    return f"{format_date(place.booked_at, 'full', locale=locale)}, {hour}"

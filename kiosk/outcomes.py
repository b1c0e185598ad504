"""The screens that say in words why there is no number, or not yet. Pure functions."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from broker.contract.messages import Category

from .checking_in import turned_away
from .menu import matter
from .opening import earliest, opens
from .phrases import side_by_side
from .place import Asking, NoTicket, Refused
from .state import State
from .tongue import Tongue, plain
from .view import Button, Fact, View

ALTERNATIVES_MOST = {True: 6, False: 4}  # on a standing panel, and on a lying one
ALTERNATIVES_LARGE = 3
# Nobody has done anything wrong: a clock, and no exclamation mark.
CALM = {"category_closed": "closed", "category_full": "closed", "wrong_day": "closed", "booking_used": "printed"}


def waiting(state: State, tongue: Tongue) -> View:
    """Ask for patience while the broker is asked."""
    words = tongue.words
    slow = isinstance(state.place, Asking) and state.place.asks > 1
    line = (
        words.gettext("This takes longer than usual. Please wait a little longer.")
        if slow
        else words.gettext("We are getting a number for you.")
    )
    return View("waiting", heading=words.gettext("One moment, please"), lines=(line,))


def refused(state: State, tongue: Tongue) -> View:
    """Say why there is no number, and where else to go."""
    assert isinstance(state.place, Refused)
    words = tongue.words
    help_ = words.gettext("Please ask a member of staff for help.")
    again = words.gettext("Please choose again.")
    heading, line = {
        "category_closed": (words.gettext("This matter is closed now"), words.gettext("No number was given.")),
        "category_full": (
            words.gettext("No more numbers today"),
            words.gettext("We cannot see any more people about this matter today. Please come on another day."),
        ),
        "unknown_category": (words.gettext("The list of matters has changed"), again),
        "storage_failed": (words.gettext("No number can be given now"), help_),
        "not_allowed": (words.gettext("No number can be given now"), help_),
    }.get(state.place.code, (words.gettext("No number could be given"), help_))
    facts: tuple[Fact, ...] = ()
    if (visit := turned_away(state.place, tongue)) is not None:
        heading, line, facts = visit
    wanted = matter(state.menu, state.place.category)
    until = _again(state, wanted.opens_at if wanted and state.place.code in CALM else None, tongue)
    return View(
        "refused",
        sign=CALM.get(state.place.code, ""),
        heading=heading,
        number=plain(state.place.number),
        lines=(line, *until),
        facts=facts or _elsewhere(state, [wanted] if wanted else [], tongue),
        buttons=(Button("back", words.gettext("Back to the list of matters"), strong=True),),
    )


def no_ticket(state: State, tongue: Tongue) -> View:
    """Say honestly that nobody answered."""
    assert isinstance(state.place, NoTicket)
    words = tongue.words
    return View(
        "no_ticket",
        heading=words.gettext("No number could be given"),
        lines=(
            words.gettext("You have no number yet."),
            words.gettext("Please try again in a moment or ask a member of staff for help."),
        ),
        buttons=(Button("done", words.gettext("Back"), strong=True),),
    )


def closed(state: State, tongue: Tongue) -> View:
    """Say that no matter is open."""
    words = tongue.words
    elsewhere = _elsewhere(state, state.menu.categories if state.menu else [], tongue)
    again = _again(
        state, earliest(category.opens_at for category in state.menu.categories) if state.menu else None, tongue
    )
    lines = [*(again or (words.gettext("We give numbers during office hours."),))]
    if elsewhere:
        lines.append(words.gettext("These matters can be settled without a visit:"))
    return View("closed", heading=words.gettext("We are closed now"), lines=tuple(lines), facts=elsewhere)


def out_of_service(_: State, tongue: Tongue) -> View:
    """Say what to do while no number can be had."""
    words = tongue.words
    return View(
        "out_of_service",
        heading=words.gettext("No numbers here for the moment"),
        lines=(
            words.gettext("Please ask a member of staff: they will help you to join the queue."),
            words.gettext("This screen comes back by itself as soon as it can."),
        ),
    )


def starting(_: State, tongue: Tongue) -> View:
    """Ask for patience until the office has been heard."""
    words = tongue.words
    return View(
        "starting", heading=words.gettext("One moment, please"), lines=(words.gettext("This screen is starting."),)
    )


def _again(state: State, opens_at: datetime | None, tongue: Tongue) -> tuple[str, ...]:
    """Say when numbers can be had again, where it is known."""
    if opens_at is None or state.menu is None:
        return ()
    return (tongue.words.gettext("We give numbers again %s.") % opens(tongue, opens_at, state.menu.day),)


def _elsewhere(state: State, categories: Sequence[Category], tongue: Tongue) -> tuple[Fact, ...]:
    """Return where else matters can be settled."""
    places = (
        Fact(tongue.name(category.name), side_by_side(tongue.listed(category.alternatives)))
        for category in categories
        if category.alternatives
    )
    most = ALTERNATIVES_LARGE if state.modes.large else ALTERNATIVES_MOST[state.panel.portrait]
    return tuple(islice(places, most))

"""The screens that answer a resident, in words: the number, or why there is none. Pure functions."""

from collections.abc import Sequence
from itertools import islice

from broker.contract.messages import Category

from .menu import matter
from .phrases import expected_wait, people_ahead
from .printing.desk_names import desk_names
from .printing.phrases import phrases
from .state import Asking, NoTicket, Refused, State, Thanks
from .tongue import Tongue, plain
from .view import Button, Fact, View

ALTERNATIVES_MOST = 6
DESK_LETTERS = 60  # more of them would be too small to read


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


def thanks(state: State, tongue: Tongue) -> View:
    """Show the number, and what is known of it."""
    assert isinstance(state.place, Thanks)
    words, ticket, paper = tongue.words, state.place.ticket, state.place.paper
    wanted = matter(state.menu, ticket.category)
    labels = state.menu.desk_labels if state.menu else {}
    where = desk_names(
        [tongue.name(labels.get(desk, {})) or plain(desk) for desk in ticket.desks],
        lambda kind: phrases(tongue.language).pgettext("many", kind),
        words.gettext("and others"),
        DESK_LETTERS,
    )
    facts = (
        Fact(words.gettext("Before you"), people_ahead(words, ticket.ahead)),
        Fact(words.gettext("Expected wait"), expected_wait(words, ticket.wait_minutes)),
        Fact(words.gettext("Where"), where),
        # Not which one: others can read this screen too.
        Fact(words.gettext("Priority"), words.gettext("granted") if ticket.priority else ""),
    )
    lines = {
        "printing": (words.gettext("Your ticket is being printed."),),
        "printed": (words.gettext("Please take your ticket."),),
        "failed": (
            words.gettext("Remember the number or take a photo of it."),
            words.gettext("The ticket could not be printed. Your number is valid."),
        ),
    }[paper]
    return View(
        "thanks",
        heading=words.gettext("Your number"),
        number=plain(ticket.number),
        lines=(tongue.name(wanted.name) if wanted else "", *lines),
        facts=tuple(fact for fact in facts if fact.value),
        buttons=(Button("done", words.gettext("Done"), strong=True),),
        paper=paper,
    )


def refused(state: State, tongue: Tongue) -> View:
    """Say why there is no number, and where else to go."""
    assert isinstance(state.place, Refused)
    words = tongue.words
    help_ = words.gettext("Please ask a member of staff for help.")
    again = words.gettext("Please choose again.")
    heading, line = {
        "category_closed": (words.gettext("This matter is closed now"), words.gettext("No number was given.")),
        "category_full": (words.gettext("No more numbers today"), words.gettext("All numbers for today are taken.")),
        "unknown_category": (words.gettext("The list of matters has changed"), again),
        "storage_failed": (words.gettext("No number can be given now"), help_),
        "not_allowed": (words.gettext("No number can be given now"), help_),
    }.get(state.place.code, (words.gettext("No number could be given"), help_))
    wanted = matter(state.menu, state.place.category)
    return View(
        "refused",
        heading=heading,
        lines=(line,),
        facts=_elsewhere([wanted] if wanted else [], tongue),
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
    elsewhere = _elsewhere(state.menu.categories if state.menu else [], tongue)
    lines = [words.gettext("We give numbers during office hours.")]
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
        "starting", heading=words.gettext("One moment, please"), lines=(words.gettext("We are about to open."),)
    )


def _elsewhere(categories: Sequence[Category], tongue: Tongue) -> tuple[Fact, ...]:
    """Return where else matters can be settled."""
    places = (
        Fact(tongue.name(category.name), " · ".join(tongue.listed(category.alternatives)))
        for category in categories
        if category.alternatives
    )
    return tuple(islice(places, ALTERNATIVES_MOST))

"""The thank-you screen in words: the number, and what its resident has to know. Pure functions."""

from .menu import matter
from .phrases import expected_wait, people_ahead
from .place import Thanks
from .places import desk_label, desks_in_words
from .signs import sign_code, sign_fact
from .speech.ear import wait_for_the_ear
from .state import State
from .ticket import booked_time, called_to
from .tongue import Tongue, plain
from .view import Button, Fact, View

DESK_LETTERS = 60  # more of them would be too small to read


def thanks(state: State, tongue: Tongue) -> View:
    """Show the number, and what is known of it; of a ticket that is called already, the desk."""
    assert isinstance(state.place, Thanks)
    words, ticket, paper = tongue.words, state.place.ticket, state.place.paper
    wanted = matter(state.menu, ticket.category)
    desk = called_to(ticket)
    label = desk_label(state.menu, desk, tongue) if desk else ""
    missed = _missed(state, tongue)
    on_glass = 0 if paper == "failed" else 1  # where the paper failed, that is all that there is room for
    facts = (
        *(_until_the_call(state, tongue) if desk is None else ()),
        Fact(words.gettext("Booked visit"), booked_time(ticket)),
        # Not which one: others can read this screen too.
        Fact(words.gettext("Priority"), words.gettext("granted") if ticket.priority else ""),
        sign_fact(sign_code(state, tongue), tongue),
    )
    return View(
        "thanks",
        heading=words.gettext("Your number"),
        number=plain(ticket.number),
        lines=(tongue.name(wanted.name) if wanted else "", *_paper(paper, tongue), *missed[:on_glass]),
        invitation=Fact(words.gettext("Please go now to") if desk else "", label),
        facts=tuple(fact for fact in facts if fact.value),
        buttons=(Button("done", words.gettext("Done"), strong=True),),
        paper=paper,
        said=(*missed[on_glass:], *((tongue.name(wanted.hint),) if wanted else ())),
    )


def _paper(paper: str, tongue: Tongue) -> tuple[str, ...]:
    words = tongue.words
    return {
        "printing": (words.gettext("Your ticket is being printed."),),
        "printed": (words.gettext("Please take your ticket."),),
        "failed": (
            words.gettext("Remember the number or take a photo of it."),
            words.gettext("The ticket could not be printed. Your number is valid."),
        ),
    }[paper]


def _until_the_call(state: State, tongue: Tongue) -> tuple[Fact, ...]:
    """Return what a waiting resident wants to know."""
    assert isinstance(state.place, Thanks)
    words, ticket = tongue.words, state.place.ticket
    where = desks_in_words(state.menu, ticket.desks, tongue, DESK_LETTERS)
    return (
        Fact(words.gettext("Before you"), people_ahead(words, ticket.ahead)),
        Fact(
            words.gettext("Expected wait"),
            expected_wait(words, ticket.wait_minutes),
            wait_for_the_ear(words, ticket.wait_minutes),
        ),
        Fact(words.gettext("Where"), where),
    )


def _missed(state: State, tongue: Tongue) -> tuple[str, ...]:
    """Say kindly that a booked visit came so early or so late that its number is one like any other."""
    assert isinstance(state.place, Thanks)
    ticket = state.place.ticket
    if ticket.booking not in ("early", "late"):
        return ()
    said = tongue.words.gettext("Your visit was booked for %s. This number counts from now.")
    return (said % booked_time(ticket),)

"""For who signs, and for who hears by an induction loop: what the office has for them. Pure functions."""

from broker.contract.messages import Category

from .menu import in_language, matter
from .place import Thanks
from .state import State
from .tongue import Tongue
from .view import Fact

HANDS = "hands"


def sign_link(category: Category | None, tongue: Tongue) -> str:
    """Return where a matter is explained in sign language; nothing where the office has no such place."""
    return in_language(category.sign_language, tongue.order) if category else ""


def sign_code(state: State, tongue: Tongue) -> str:
    """Return what the code beside a number leads to, unless the number itself needs the place of the code."""
    place = state.place
    if not isinstance(place, Thanks) or place.paper == "failed":
        return ""
    return sign_link(matter(state.menu, place.ticket.category), tongue)


def sign_fact(link: str, tongue: Tongue) -> Fact:
    """Return what to do with the code; it is left out where there is none."""
    words = tongue.words
    return Fact(words.gettext("Sign language"), words.gettext("scan the code with a telephone") if link else "")


def has_loop(state: State) -> bool:
    """Whether the hall has an induction loop."""
    return state.menu is not None and state.menu.hearing_loop


def loop_said(state: State, screen: str, tongue: Tongue) -> tuple[str, ...]:
    """Return the sign of the loop in words, for who does not see it; on the first screen."""
    if screen != "start" or not has_loop(state):
        return ()
    return (tongue.words.gettext("A hearing loop is switched on here: set your hearing aid to T."),)

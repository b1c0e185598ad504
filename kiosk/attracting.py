"""What the kiosk shows while nobody is there: the office's messages, one after the other. Pure functions."""

from .place import Attract
from .state import State
from .tongue import Tongue, plain
from .view import View


def attract(state: State, tongue: Tongue) -> View:
    """Show one message in one of its languages, and how to begin in all of them."""
    assert isinstance(state.place, Attract)
    pages = [message[code] for message in state.messages for code in tongue.languages if message.get(code)]
    own = tongue.words.gettext("Take your number here")
    return View(
        "attract",
        heading=plain(pages[state.place.page % len(pages)]) if pages else own,
        lines=tuple(tongue.in_words(code).gettext("Touch the screen to begin.") for code in tongue.languages),
    )

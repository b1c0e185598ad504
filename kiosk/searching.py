"""The screen to search on, in words. Pure functions."""

from .choosing import matter_choice
from .letters import keyboard
from .panel import plan
from .place import Search
from .search import found
from .state import State
from .tongue import Tongue
from .view import Button, View


def searching(state: State, tongue: Tongue) -> View:
    """Show what was typed, what it finds, and the letters to go on with."""
    assert state.menu is not None
    assert isinstance(state.place, Search)
    words, text = tongue.words, state.place.text
    matters = found(state.menu, text)
    room = plan(state.panel, state.modes).results
    return View(
        "search",
        heading=words.gettext("Search"),
        lines=(_hint(text, len(matters), room, tongue),),
        choices=tuple(matter_choice(state.menu, category, tongue) for category in matters[:room]),
        keys=keyboard(tongue.language, words),
        typed=text,
        buttons=(Button("back", words.gettext("Back")),),
    )


def _hint(text: str, matters: int, room: int, tongue: Tongue) -> str:
    words = tongue.words
    if not text.strip():
        return words.gettext("Type a word, such as what you want to settle.")
    if not matters:
        return words.gettext("Nothing found. Try another word, or go back to the list.")
    if matters > room:
        more = matters - room
        return words.ngettext("%d more. Type more letters.", "%d more. Type more letters.", more) % more
    return words.ngettext("%d matter found.", "%d matters found.", matters) % matters

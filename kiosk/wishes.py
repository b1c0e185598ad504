"""What every screen offers beside its own matter: the languages, and how the screen is drawn. Pure functions."""

from .panel import needs_low_reach
from .state import State
from .tongue import Tongue, own_name
from .view import Button

# Nothing else to choose here, or no room for it.
BUSY = ("waiting", "starting", "search", "attract", "pin", "service", "screen_test")
# In large letters the languages have a row of their own only where nothing else needs the room.
ROOM_FOR_LANGUAGES = ("closed", "out_of_service")
WAY_TO_LANGUAGES = ("start", "matters")


def languages(state: State, screen: str, tongue: Tongue) -> tuple[Button, ...]:
    """Return a button for each language, each by its own name."""
    if screen in BUSY or screen == "languages" or (state.modes.large and screen not in ROOM_FOR_LANGUAGES):
        return ()
    return tuple(Button(f"language:{code}", own_name(code), code == tongue.language) for code in tongue.languages)


def way_to_languages(state: State, screen: str, tongue: Tongue) -> tuple[Button, ...]:
    """Return the way to the screen of languages, where they have no row of their own."""
    if not state.modes.large or screen not in WAY_TO_LANGUAGES or len(tongue.languages) < 2:  # noqa: PLR2004
        return ()
    return (Button("languages", tongue.words.gettext("Language"), icon="globe"),)


def modes(state: State, screen: str, tongue: Tongue) -> tuple[Button, ...]:
    """Return a button for each way to draw the screen; low reach only where something hangs too high."""
    if screen in BUSY:
        return ()
    words, chosen = tongue.words, state.modes
    low = (Button("mode:low", words.gettext("Lower down"), chosen.low, icon="low"),)
    return (
        Button("mode:large", words.gettext("Large letters"), chosen.large, icon="large"),
        Button("mode:contrast", words.gettext("Contrast"), chosen.contrast, icon="contrast"),
        *(low if needs_low_reach(state.panel) else ()),
        *(_volume(tongue) if state.speaking else ()),
    )


def _volume(tongue: Tongue) -> tuple[Button, ...]:
    words = tongue.words
    return (
        Button("volume:down", words.gettext("Softer"), icon="softer"),
        Button("volume:up", words.gettext("Louder"), icon="louder"),
    )

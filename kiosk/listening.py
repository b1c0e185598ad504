"""A resident who listens: when the kiosk speaks to them, where their keypad stands, how loud. Pure functions."""

from msgspec.structs import replace

from .state import Focused, HelpAsked, Listening, Plugged, State
from .volume import turned

BY = {"up": 1, "down": -1}


Listened = Listening | Plugged | Focused | HelpAsked


def heard(state: State, event: Listened) -> State:
    """Return the state after what keypad and headphones did."""
    match event:
        case Listening(on):
            return replace(state, speaking=on, focus="")
        case Plugged(inserted):
            return replace(state, speaking=inserted, headphones=inserted, focus="")
        case Focused(name):
            return replace(state, focus=name)
        case HelpAsked():
            return state


def turn_volume(state: State, way: str) -> State:
    """Speak one step louder or softer."""
    return replace(state, volume=turned(state.volume, BY[way])) if way in BY and state.speaking else state


def silent(state: State) -> State:
    """Be ready for the next resident: nobody is spoken to, and the volume is the usual one again."""
    return replace(state, speaking=False, volume=state.usual, focus="")

"""A keypad that is felt with the fingers: what each of its keys does on each screen. Pure functions."""

from typing import Literal

from .state import Event, Focused, HelpAsked, Listening, State, Tapped, Touched
from .view import Button, Choice, View

Key = Literal["next", "previous", "choose", "back", "help", "louder", "softer"]

WAYS_BACK = ("back", "done")


def things(view: View) -> tuple[Button | Choice, ...]:
    """Return all that can be reached on a screen, in the order in which it is read."""
    keys: tuple[Button, ...] = sum(view.keys, ())
    return (*keys, *view.choices, *view.pages, *view.buttons, *view.languages, *view.modes)


def pressed(key: Key, state: State, view: View, request_id: str, *, can_speak: bool) -> tuple[Event, ...]:
    """Return what a key means now; the first one of a resident only lets the kiosk speak."""
    if can_speak and not state.speaking:
        return Touched(), Listening(on=True)
    there = tuple(thing.name for thing in things(view))
    match key:
        case "next" | "previous":
            return Touched(), Focused(_neighbour(there, state.focus, 1 if key == "next" else -1))
        case "choose":
            return (Touched(), Tapped(state.focus, request_id)) if state.focus in there else (Touched(), HelpAsked())
        case "back":
            way = next((name for name in WAYS_BACK if name in there), None)
            return (Touched(), Tapped(way, request_id)) if way else (Touched(), HelpAsked())
        case "help":
            return Touched(), HelpAsked()
        case "louder" | "softer":
            return Touched(), Tapped("volume:up" if key == "louder" else "volume:down", request_id)


def _neighbour(there: tuple[str, ...], focus: str, step: int) -> str:
    if not there:
        return ""
    if focus not in there:
        return there[0 if step > 0 else -1]
    return there[(there.index(focus) + step) % len(there)]

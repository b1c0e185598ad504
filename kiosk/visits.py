"""Checking in for a booked visit: the code typed or scanned, and what the broker says to it. Pure functions."""

from msgspec.structs import replace

from broker.contract.messages import CheckInRequest, Error

from .menu import own_language
from .place import Asked, Asking, CheckIn, Refused, Start
from .scanner import CODE_DIGITS
from .state import Ask, State, Step

# Said beside the digits, which can be typed again at once; all else has a screen of its own.
TYPE_AGAIN = ("unknown_booking", "too_soon")
NO_CODE = "no_code"


def expects_visits(state: State) -> bool:
    """Whether the office has booked visits for today or later."""
    return state.menu is not None and state.menu.bookings


def open_check_in(state: State, _: str) -> State:
    """Let the resident type a code, where visits are booked at all."""
    there = isinstance(state.place, Start) and expects_visits(state)
    return replace(state, place=CheckIn()) if there else state


def code_tapped(state: State, key: str, request_id: str, now: float) -> Step:
    """Add a digit, erase one, or check in once there are six."""
    place = state.place
    if not isinstance(place, CheckIn):
        return state, ()
    if key == "erase":
        return replace(state, place=CheckIn(place.digits[:-1])), ()
    if key == "confirm":
        return check_in(state, place.digits, request_id, now) if len(place.digits) == CODE_DIGITS else (state, ())
    if len(key) != 1 or not (key.isascii() and key.isdigit()):
        return state, ()
    return replace(state, place=CheckIn((place.digits + key)[:CODE_DIGITS])), ()


def check_in(state: State, code: str, request_id: str, now: float) -> Step:
    """Ask for the ticket of a code."""
    language = state.language or own_language(state.menu, "") or None
    request = CheckInRequest(request_id, code, state.priority, language)
    return replace(state, place=Asking(request, now)), (Ask(request),)


def turned_away(asked: Asked, error: Error, until: float) -> CheckIn | Refused:
    """Return where a resident is whom the broker refused."""
    if not isinstance(asked, CheckInRequest):
        return Refused(asked.category, error.code, until)
    if error.code in TYPE_AGAIN:
        return CheckIn(trouble=error.code)
    return Refused("", error.code, until, error.number or "", error.booked_at)

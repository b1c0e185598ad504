"""What each thing on the glass does when it is tapped. Pure functions.

A thing that can be tapped has a name: a kind, and mostly what it is about (`matter:id-cards`, `language:uk`, `back`).
"""

from collections.abc import Callable

from msgspec.structs import replace

from broker.contract.messages import TicketRequest

from .listening import silent, turn_volume
from .menu import can_be_taken, matter, matters_of, own_language
from .panel import Modes
from .place import (
    Asking,
    CheckIn,
    Languages,
    Matters,
    NoTicket,
    Pin,
    Priorities,
    Refused,
    Reprints,
    Search,
    Service,
    Start,
    Thanks,
)
from .reprints import open_reprints, reprint
from .search import LONGEST
from .service import SERVICE_TAPS, service_tapped
from .state import Ask, State, Step, Tapped, Timing
from .visits import code_tapped, open_check_in

GIVEN_UP_MOST = 20


def tapped(state: State, tap: Tapped, now: float, timing: Timing) -> Step:
    """Return the state after a tap, and what to do; a tap that means nothing here does nothing."""
    kind, _, value = tap.name.partition(":")
    if kind == "matter":
        return _take(state, value, tap.request_id, now)
    if kind == "code":
        return code_tapped(state, value, tap.request_id, now)
    if kind == "reprint":
        return reprint(state, value, now, timing)
    if kind in SERVICE_TAPS:
        return service_tapped(state, kind, value)
    return TAPS[kind](state, value) if kind in TAPS else state, ()


def back_to_start(state: State) -> State:
    """Make the kiosk ready for the next resident."""
    place, given_up = state.place, state.given_up
    # Of a booked visit a late number stays: the code would give no other.
    if isinstance(place, NoTicket) and isinstance(place.request, TicketRequest):
        given_up = (*given_up, place.request.request_id)[-GIVEN_UP_MOST:]
    left = place if isinstance(place, Thanks) and place.paper == "printing" else None
    return silent(
        replace(state, place=Start(), language=None, priority=None, modes=Modes(), left=left, given_up=given_up)
    )


def _take(state: State, category: str, request_id: str, now: float) -> Step:
    wanted = matter(state.menu, category)
    if not isinstance(state.place, Start | Matters | Search) or wanted is None or not can_be_taken(wanted):
        return state, ()
    language = state.language or own_language(state.menu, "") or None
    request = TicketRequest(request_id, category, state.priority, language)
    return replace(state, place=Asking(request, now)), (Ask(request),)


def _open_group(state: State, group: str) -> State:
    there = isinstance(state.place, Start) and state.menu is not None and matters_of(state.menu, group)
    return replace(state, place=Matters(group)) if there else state


def _turn_page(state: State, page: str) -> State:
    place = state.place
    if not isinstance(place, Start | Matters | Priorities | Languages | Reprints | Service) or not page.isdecimal():
        return state
    return replace(state, place=replace(place, page=int(page)))


def _speak(state: State, language: str) -> State:
    place = state.place.back if isinstance(state.place, Languages) else state.place
    return replace(state, place=place, language=None if language == own_language(state.menu, "") else language)


def _languages(state: State, _: str) -> State:
    return replace(state, place=Languages(state.place)) if isinstance(state.place, Start | Matters) else state


def _search(state: State, _: str) -> State:
    return replace(state, place=Search(state.place)) if isinstance(state.place, Start | Matters) else state


def _type(state: State, letter: str) -> State:
    place = state.place
    if not isinstance(place, Search) or len(letter) != 1:
        return state
    return replace(state, place=replace(place, text=(place.text + letter)[:LONGEST]))


def _erase(state: State, _: str) -> State:
    place = state.place
    return replace(state, place=replace(place, text=place.text[:-1])) if isinstance(place, Search) else state


def _mode(state: State, mode: str) -> State:
    """Turn a mode on, or off again."""
    if mode not in Modes.__struct_fields__:
        return state
    return replace(state, modes=replace(state.modes, **{mode: not getattr(state.modes, mode)}))


def _priority(state: State, priority: str) -> State:
    """Open the classes, choose one of them, or give it up again (`none`)."""
    place = state.place
    if isinstance(place, Start | Matters) and not priority:
        return replace(state, place=Priorities(place))
    known = state.menu is not None and any(p.id == priority for p in state.menu.priorities)
    chosen = priority if known else None
    return replace(state, priority=chosen, place=place.back if isinstance(place, Priorities) else place)


def _go_back(state: State, _: str) -> State:
    place = state.place
    if isinstance(place, Priorities | Languages | Search):
        return replace(state, place=place.back)
    closes = isinstance(place, Matters | CheckIn | Refused | Reprints | Pin | Service)
    return replace(state, place=Start()) if closes else state


def _finish(state: State, _: str) -> State:
    return back_to_start(state) if isinstance(state.place, Thanks | NoTicket) else state


TAPS: dict[str, Callable[[State, str], State]] = {
    "group": _open_group,
    "page": _turn_page,
    "language": _speak,
    "languages": _languages,
    "search": _search,
    "check_in": open_check_in,
    "type": _type,
    "erase": _erase,
    "mode": _mode,
    "volume": turn_volume,
    "priority": _priority,
    "back": _go_back,
    "done": _finish,
    "reprints": open_reprints,
}

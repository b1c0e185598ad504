"""The service menu for the staff, behind a PIN: what each tap there does. Pure functions."""

from collections.abc import Callable

from msgspec.structs import replace

from .place import Attract, Pin, ScreenTest, Service, Start
from .state import CheckPin, KeepVolume, PageTested, PinChecked, PrintTestPage, State, Step
from .volume import turned

LONGEST_PIN = 12
TRIES = 5
LOCKED_S = 60.0
COLOURS = ("#000000", "#FFFFFF", "#FF0000", "#00FF00", "#0000FF", "#808080")


def service_tapped(state: State, kind: str, value: str) -> Step:
    """Return what a tap in the locked part does; a tap that means nothing here does nothing."""
    return SERVICE_TAPS[kind](state, value)


def pin_checked(state: State, checked: PinChecked, now: float) -> State:
    """Let the staff in, or count the failure; after too many of them nobody gets in for a while."""
    if not isinstance(state.place, Pin):
        return state
    if checked.right:
        staff = replace(state.staff, failures=0, about=checked.about, test="")
        return replace(state, place=Service(), staff=staff)
    failures = state.staff.failures + 1
    locked = failures >= TRIES
    staff = replace(
        state.staff,
        failures=0 if locked else failures,
        locked_until=now + LOCKED_S if locked else state.staff.locked_until,
    )
    return replace(state, place=Pin(wrong=True), staff=staff)


def unlocked(state: State, now: float) -> State:
    """Let the staff try again, once they have waited."""
    if not state.staff.locked_until or now < state.staff.locked_until:
        return state
    return replace(state, staff=replace(state.staff, locked_until=0.0))


def page_tested(state: State, done: PageTested) -> State:
    """Show what became of the test page."""
    return replace(state, staff=replace(state.staff, test=done.result))


def _open(state: State, _value: str) -> Step:
    there = state.staff.has_pin and isinstance(state.place, Start | Attract)
    return replace(state, place=Pin()) if there else state, ()


def _digit(state: State, digit: str) -> Step:
    place = state.place
    if not isinstance(place, Pin) or place.checking or not (len(digit) == 1 and digit.isdecimal()):
        return state, ()
    return replace(state, place=Pin((place.digits + digit)[:LONGEST_PIN])), ()


def _pin(state: State, key: str) -> Step:
    """Erase a digit, or have all of them checked."""
    place = state.place
    if not isinstance(place, Pin) or place.checking:
        return state, ()
    if key == "erase":
        return replace(state, place=Pin(place.digits[:-1])), ()
    if not place.digits or state.staff.locked_until:
        return state, ()
    return replace(state, place=replace(place, checking=True)), (CheckPin(place.digits),)


def _print(state: State, _value: str) -> Step:
    if not isinstance(state.place, Service) or state.staff.test == "printing":
        return state, ()
    return replace(state, staff=replace(state.staff, test="printing")), (PrintTestPage(),)


def _screen(state: State, _value: str) -> Step:
    """Begin the test of the glass, and go through its colours."""
    place = state.place
    if isinstance(place, Service):
        return replace(state, place=ScreenTest()), ()
    if not isinstance(place, ScreenTest):
        return state, ()
    last = place.step + 1 >= len(COLOURS)
    return replace(state, place=Service() if last else ScreenTest(place.step + 1)), ()


def _usual(state: State, way: str) -> Step:
    if not isinstance(state.place, Service) or way not in ("up", "down"):
        return state, ()
    usual = turned(state.usual, 1 if way == "up" else -1)
    return replace(state, usual=usual, volume=usual), (KeepVolume(usual),)


SERVICE_TAPS: dict[str, Callable[[State, str], Step]] = {
    "service": _open,
    "digit": _digit,
    "pin": _pin,
    "testprint": _print,
    "screentest": _screen,
    "usual": _usual,
}

"""The locked part in words: the PIN, the service menu, the test of the glass. Pure functions."""

from .choosing import paged
from .phrases import side_by_side
from .place import Pin, ScreenTest
from .service import COLOURS
from .state import State
from .tongue import Tongue
from .view import Button, Choice, View
from .volume import STEPS


def pin(state: State, tongue: Tongue) -> View:
    """Ask for the PIN; of its digits nothing is shown but how many they are."""
    assert isinstance(state.place, Pin)
    words = tongue.words
    rows = tuple(tuple(Button(f"digit:{digit}", digit) for digit in row) for row in ("12345", "67890"))
    last = (
        Button("pin:erase", "", said=words.gettext("Erase"), icon="erase"),
        Button("pin:check", words.gettext("Confirm")),
    )
    return View(
        "pin",
        heading=words.gettext("PIN of the service menu"),
        lines=(_hint(state, tongue),),
        typed="•" * len(state.place.digits),
        keys=(*rows, last),
        buttons=(Button("back", words.gettext("Back")),),
    )


def service(state: State, tongue: Tongue) -> View:
    """Show what the staff can try, and what this kiosk is."""
    words, staff, about = tongue.words, state.staff, state.staff.about
    test = {
        "": "",
        "printing": words.gettext("is being printed"),
        "printed": words.gettext("printed"),
        "failed": words.gettext("not printed: see the health of this kiosk"),
    }[staff.test]
    volume = words.gettext("Volume %(at)d of %(all)d") % {"at": state.usual, "all": STEPS}
    link = words.gettext("connected") if state.linked and state.broker_up else words.gettext("not connected")
    choices = [
        Choice("testprint:", words.gettext("Test page"), side_by_side((about.printer, test))),
        Choice("screentest:", words.gettext("Test of the screen"), words.gettext("touch through the colours")),
        Choice("usual:up", words.gettext("Louder"), volume),
        Choice("usual:down", words.gettext("Softer"), volume),
        Choice("about:network", words.gettext("Network"), side_by_side((*about.addresses, about.server, link))),
        Choice("about:version", words.gettext("Version"), side_by_side((about.version, about.client))),
    ]
    shown = View(
        "service",
        heading=words.gettext("Service menu"),
        lines=(words.gettext("For the staff."),),
        buttons=(Button("back", words.gettext("Back"), strong=True),),
    )
    return paged(shown, choices, state, tongue)


def screen_test(state: State, tongue: Tongue) -> View:
    """Fill the glass with one colour: a dead spot is seen, a dead touch is felt."""
    assert isinstance(state.place, ScreenTest)
    step = tongue.words.gettext("Page %(at)d of %(all)d.") % {"at": state.place.step + 1, "all": len(COLOURS)}
    return View(
        "screen_test",
        heading=step,
        colour=COLOURS[state.place.step],
        buttons=(Button("screentest:", tongue.words.gettext("Touch the screen to go on.")),),
    )


def _hint(state: State, tongue: Tongue) -> str:
    words, place = tongue.words, state.place
    if state.staff.locked_until:
        return words.gettext("Too many wrong tries: locked for a minute.")
    wrong = isinstance(place, Pin) and place.wrong
    return words.gettext("That was not the PIN.") if wrong else words.gettext("For the staff.")

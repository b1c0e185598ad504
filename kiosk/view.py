"""What a screen shows, in words: the state of the kiosk as a value that a window can draw without thinking."""

from msgspec import Struct

from .panel import Modes


class Button(Struct, frozen=True):
    """Something to tap: its name in `kiosk.taps`, and its words."""

    name: str
    words: str
    chosen: bool = False
    strong: bool = False  # what most want to do next
    said: str = ""  # the words for the ear
    icon: str = ""  # a sign of `kiosk.screens.icons` beside the words


class Choice(Struct, frozen=True):
    """One of several things to take.

    `also` is a second name that a rehearsal may call it by; `said` is its detail for the ear.
    """

    name: str
    title: str
    detail: str = ""
    note: str = ""  # why it cannot be taken now
    badge: str = ""
    opens: bool = False  # leads to a further screen
    also: str = ""
    said: str = ""
    icon: str = ""  # a sign of `kiosk.screens.icons` at its end


class Fact(Struct, frozen=True):
    """One thing to know about a ticket."""

    label: str
    value: str
    said: str = ""  # the value for the ear


class View(Struct, frozen=True):
    """All that is on the screen; each screen draws the parts that it has a place for."""

    screen: str
    office: str = ""
    heading: str = ""
    lines: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    facts: tuple[Fact, ...] = ()
    invitation: Fact = Fact("", "")  # to a desk, now
    buttons: tuple[Button, ...] = ()
    pages: tuple[Button, ...] = ()
    languages: tuple[Button, ...] = ()
    typed: str = ""
    colour: str = ""  # of the whole glass
    keys: tuple[tuple[Button, ...], ...] = ()  # of a keyboard on the glass, row by row
    modes: tuple[Button, ...] = ()
    drawn: Modes = Modes()  # as the resident wants it
    notice: str = ""  # this screen is about to go away
    advice: str = ""  # what else has to be known, calmly
    number: str = ""
    paper: str = ""  # printing, printed or failed
    code: str = ""  # of a number without paper, to be photographed; or of what is behind `code_sign`
    code_sign: str = ""
    hearing_loop: bool = False
    unprinted: int = 0  # tickets that the staff could print again
    sign: str = ""  # a calmer one than the screen's own
    focus: str = ""  # the name of what a keypad stands on
    language: str = ""
    page: tuple[int, int] = (1, 1)  # which of how many
    said: tuple[str, ...] = ()  # only for the ear
    notice_said: str = ""

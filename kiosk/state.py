"""What the kiosk knows, what can happen to it, and what it can do about it: frozen values only."""

from typing import Literal

from msgspec import Struct

from broker.contract.messages import Menu, Reply, Request, Ticket

from .panel import Modes, Panel
from .place import Asked, Place, Start, Thanks
from .volume import USUAL


class Unprinted(Struct, frozen=True):
    """A ticket that did not come out, or not for certain; `request_id` is the one that it was asked for with."""

    request_id: str
    ticket: Ticket
    language: str
    attempts: int = 1


class About(Struct, frozen=True):
    """What the staff want to know of this kiosk."""

    version: str = ""
    client: str = ""
    server: str = ""
    addresses: tuple[str, ...] = ()
    printer: str = ""


class Staff(Struct, frozen=True):
    """The locked part: whether there is one, who tried to get in, and what it shows."""

    has_pin: bool = False
    failures: int = 0
    locked_until: float = 0.0  # 0: it is not locked
    about: About = About()
    test: Literal["", "printing", "printed", "failed"] = ""  # of the test page


class State(Struct, frozen=True):
    """All that decides what the kiosk shows. Times are seconds on one steady clock."""

    menu: Menu | None = None
    linked: bool = False  # to the MQTT server
    broker_up: bool = False  # heard of over this connection
    out_since: float | None = 0.0  # since when no ticket can be had; None: it can
    language: str | None = None  # None: the office's own
    priority: str | None = None
    modes: Modes = Modes()
    panel: Panel = Panel()
    speaking: bool = False  # to a resident who uses the keypad
    headphones: bool = False
    volume: int = USUAL
    usual: int = USUAL  # the volume for each new resident
    focus: str = ""  # the name of what the keypad stands on
    place: Place = Start()
    changed_at: float = 0.0  # when the screen changed
    touched_at: float = 0.0
    left: Thanks | None = None  # the last resident's, until the next one touches the screen
    given_up: tuple[str, ...] = ()  # requests nobody waits for any more
    can_print: bool = True  # as far as the printer has said
    printing: tuple["Print", ...] = ()  # handed to the printer, whose word is still to come
    messages: tuple[dict[str, str], ...] = ()  # of the office, for who passes by
    staff: Staff = Staff()
    unprinted: tuple[Unprinted, ...] = ()  # of this day, the newest last; only a person prints them again


class Timing(Struct, frozen=True):
    """How long things take, in seconds."""

    idle_s: float = 45.0
    thanks_s: float = 25.0
    remember_s: float = 60.0
    answer_s: float = 3.0
    asks: int = 4
    grace_s: float = 2.0
    settle_s: float = 0.4
    attract_s: float = 120.0  # 0: never
    warn_s: float = 20.0  # a screen that goes away says so, so long before


# -- what happens ------------------------------------------------------------------------------------------


class MenuHeard(Struct, frozen=True):
    """The office said what can be had."""

    menu: Menu


class PanelMeasured(Struct, frozen=True):
    """The window has this size."""

    panel: Panel


class Listening(Struct, frozen=True):
    """A resident wants to be spoken to, or no longer."""

    on: bool


class Plugged(Struct, frozen=True):
    """Headphones were plugged in, or pulled out."""

    inserted: bool


class Focused(Struct, frozen=True):
    """The keypad has moved to what has this name."""

    name: str


class HelpAsked(Struct, frozen=True):
    """A resident wants to hear all of the screen again, and how to go about it."""


class PinChecked(Struct, frozen=True):
    """The PIN was right, and this is the kiosk; or it was wrong."""

    right: bool
    about: About = About()


class PageTested(Struct, frozen=True):
    """The printer is through with the test page."""

    result: Literal["printed", "failed"]


class LinkChanged(Struct, frozen=True):
    """The MQTT server came or went."""

    linked: bool


class BrokerHeard(Struct, frozen=True):
    """The broker, or its last will, said how it is."""

    up: bool


class Touched(Struct, frozen=True):
    """The glass was touched anywhere: somebody is there."""


class Tapped(Struct, frozen=True):
    """Something with a name was tapped; `request_id` is for the ticket that it may ask for."""

    name: str
    request_id: str


class Scanned(Struct, frozen=True):
    """Something was held to the scanner: the code of a visit, or what is none."""

    code: str
    request_id: str


class Answered(Struct, frozen=True):
    """The broker answered this kiosk."""

    reply: Reply


class PaperDone(Struct, frozen=True):
    """The printer is through with a ticket; `request_id` is the one that the ticket was asked for with."""

    request_id: str
    number: str
    result: Literal["printed", "failed"]
    detail: str | None = None


class PrinterHeard(Struct, frozen=True):
    """The printer said how it is, or did not."""

    can_print: bool


class Ticked(Struct, frozen=True):
    """Time has passed."""


Event = (
    MenuHeard
    | PanelMeasured
    | LinkChanged
    | BrokerHeard
    | Touched
    | Tapped
    | Scanned
    | Answered
    | PaperDone
    | PrinterHeard
    | Listening
    | Plugged
    | Focused
    | HelpAsked
    | PinChecked
    | PageTested
    | Ticked
)

# -- what to do --------------------------------------------------------------------------------------------


class Ask(Struct, frozen=True):
    """Send this once, now; the flow itself sees to a repeat."""

    request: Asked


class Tell(Struct, frozen=True):
    """Send this until it is answered."""

    verb: Literal["printed", "cancel"]
    request: Request


class Print(Struct, frozen=True):
    """Print this ticket and say `PaperDone`; `again` where it was tried before."""

    request_id: str
    ticket: Ticket
    language: str
    again: bool = False


class CheckPin(Struct, frozen=True):
    """Compare these digits with the PIN and say `PinChecked`."""

    digits: str


class PrintTestPage(Struct, frozen=True):
    """Print a page to judge the printer by and say `PageTested`."""


class KeepVolume(Struct, frozen=True):
    """Remember the usual volume over a restart, and let it be heard."""

    step: int


Action = Ask | Tell | Print | CheckPin | PrintTestPage | KeepVolume
Step = tuple[State, tuple[Action, ...]]

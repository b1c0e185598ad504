"""What the kiosk knows, what can happen to it, and what it can do about it: frozen values only."""

from typing import Literal

from msgspec import Struct

from broker.contract.messages import Menu, Reply, Request, Ticket, TicketRequest

from .panel import Modes, Panel
from .volume import USUAL

Paper = Literal["printing", "printed", "failed"]

# -- where the resident is ---------------------------------------------------------------------------------


class Start(Struct, frozen=True):
    """The groups of matters."""

    page: int = 0


class Matters(Struct, frozen=True):
    """The matters of one group."""

    group: str
    page: int = 0


class Priorities(Struct, frozen=True):
    """The classes of residents whose place is earlier; `back` is where the resident came from."""

    back: Start | Matters
    page: int = 0


class Languages(Struct, frozen=True):
    """The languages, where large letters leave no room for them below the matters."""

    back: Start | Matters
    page: int = 0


class Search(Struct, frozen=True):
    """The matters that are found by what was typed."""

    back: Start | Matters
    text: str = ""


class Asking(Struct, frozen=True):
    """The broker has been asked for a ticket."""

    request: TicketRequest
    asked_at: float
    asks: int = 1


class Thanks(Struct, frozen=True):
    """The resident has a number; `paper` is what is known of the ticket in the printer."""

    request_id: str
    ticket: Ticket
    language: str
    shown_at: float
    until: float
    paper: Paper = "printing"


class Refused(Struct, frozen=True):
    """The broker said no."""

    category: str
    code: str
    until: float


class NoTicket(Struct, frozen=True):
    """Nobody answered, so no ticket was given; a late answer is still welcome."""

    request: TicketRequest
    until: float


class Reprints(Struct, frozen=True):
    """For the staff: the tickets that did not come out of the printer."""

    page: int = 0


Place = Start | Matters | Priorities | Languages | Search | Asking | Thanks | Refused | NoTicket | Reprints


class Unprinted(Struct, frozen=True):
    """A ticket that did not come out, or not for certain; `request_id` is the one that it was asked for with."""

    request_id: str
    ticket: Ticket
    language: str
    attempts: int = 1


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
    focus: str = ""  # the name of what the keypad stands on
    place: Place = Start()
    changed_at: float = 0.0  # when the screen changed
    touched_at: float = 0.0
    left: Thanks | None = None  # the last resident's, until the next one touches the screen
    given_up: tuple[str, ...] = ()  # requests nobody waits for any more
    can_print: bool = True  # as far as the printer has said
    printing: tuple["Print", ...] = ()  # handed to the printer, whose word is still to come
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
    | Answered
    | PaperDone
    | PrinterHeard
    | Listening
    | Plugged
    | Focused
    | HelpAsked
    | Ticked
)

# -- what to do --------------------------------------------------------------------------------------------


class Ask(Struct, frozen=True):
    """Send this once, now; the flow itself sees to a repeat."""

    request: TicketRequest


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


Action = Ask | Tell | Print
Step = tuple[State, tuple[Action, ...]]

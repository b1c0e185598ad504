"""Where at the kiosk a resident is, or one of the staff: frozen values only."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from broker.contract.messages import CheckInRequest, Ticket, TicketRequest

Asked = TicketRequest | CheckInRequest
Paper = Literal["printing", "printed", "failed"]


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


class CheckIn(Struct, frozen=True):
    """The code of a booked visit is typed; `trouble` is what became of the last one: an error code, or `no_code`."""

    digits: str = ""
    trouble: str = ""


class Asking(Struct, frozen=True):
    """The broker has been asked for a ticket."""

    request: Asked
    asked_at: float
    asks: int = 1


class Thanks(Struct, frozen=True):
    """The resident has a number, for a booked visit by its `code`; `paper` is what is known of the ticket."""

    request_id: str
    ticket: Ticket
    language: str
    shown_at: float
    until: float
    paper: Paper = "printing"
    code: str = ""


class Refused(Struct, frozen=True):
    """The broker said no; to a booked visit also which `number` it has, or when it is."""

    category: str
    code: str
    until: float
    number: str = ""
    booked_at: datetime | None = None


class NoTicket(Struct, frozen=True):
    """Nobody answered, so no ticket was given; a late answer is still welcome."""

    request: Asked
    until: float


class Reprints(Struct, frozen=True):
    """For the staff: the tickets that did not come out of the printer."""

    page: int = 0


class Attract(Struct, frozen=True):
    """Nobody has been here since then: the office's messages, page after page."""

    since: float
    page: int = 0


class Pin(Struct, frozen=True):
    """Somebody of the staff types the PIN of the service menu."""

    digits: str = ""
    wrong: bool = False
    checking: bool = False


class Service(Struct, frozen=True):
    """The service menu."""

    page: int = 0


class ScreenTest(Struct, frozen=True):
    """Plain colours over the whole glass, one after the other."""

    step: int = 0


Place = (
    Start
    | Matters
    | Priorities
    | Languages
    | Search
    | CheckIn
    | Asking
    | Thanks
    | Refused
    | NoTicket
    | Reprints
    | Attract
    | Pin
    | Service
    | ScreenTest
)

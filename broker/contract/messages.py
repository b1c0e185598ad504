"""Every payload of the hall: JSON in UTF-8, unknown fields ignored, times with their offset from UTC.

Fields may be added; none is ever renamed.
"""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

# No honest request comes near it; whatever is longer is not even decoded.
MAX_REQUEST_BYTES = 8192
# Nor does any honest state, of whatever office.
MAX_STATE_BYTES = 262_144

Identifier = Annotated[str, Meta(min_length=1, max_length=64)]
Text = dict[str, str]  # language code -> words


class Request(Struct, frozen=True, omit_defaults=True):
    """What every request carries: an id of its own, so that a repeat is answered and not carried out again."""

    request_id: Identifier


class TicketRequest(Request, frozen=True):
    """A resident took a matter at a kiosk."""

    category: Identifier
    priority: Identifier | None = None
    language: Identifier | None = None
    booked_at: datetime | None = None  # of a booked visit; with its offset


class CheckInRequest(Request, frozen=True):
    """A resident with a booked visit is here, and shows its code."""

    code: Annotated[str, Meta(pattern=r"\A[0-9]{6}\Z")]
    priority: Identifier | None = None
    language: Identifier | None = None


class PrintedRequest(Request, frozen=True):
    """A kiosk says what became of the paper ticket."""

    number: Identifier
    result: Literal["printed", "failed"]
    detail: Annotated[str, Meta(max_length=500)] | None = None


class DeskRequest(Request, frozen=True):
    """A key of a desk: close, next, recall, start, finish, no_show, undo."""

    desk: Identifier


class OpenRequest(DeskRequest, frozen=True):
    """A clerk sits down; `clerk` is the code that the office gave out, no name."""

    clerk: Identifier | None = None


class HoldRequest(DeskRequest, frozen=True):
    """The resident at the desk, or the waiting one with this number, will come back later."""

    number: Identifier | None = None


class PauseRequest(DeskRequest, frozen=True):
    """A clerk leaves the desk for a while."""

    reason: Annotated[str, Meta(max_length=100)] | None = None


class TransferRequest(HoldRequest, frozen=True):
    """The resident at the desk, or the waiting one with this number, goes on to one category or to one desk."""

    to_category: Identifier | None = None
    to_desk: Identifier | None = None


class DeskNumberRequest(DeskRequest, frozen=True):
    """A clerk asks for one given number: resume, call. Digits alone are enough where they name one ticket."""

    number: Identifier


class CancelRequest(Request, frozen=True):
    """A waiting ticket is given back."""

    number: Identifier


class ShownRequest(Request, frozen=True):
    """A display has drawn and spoken this call; or, with `spoken` false, drawn it and not spoken it yet."""

    call: int
    spoken: bool = True


REQUESTS: dict[str, type[Request]] = {
    "ticket": TicketRequest,
    "check_in": CheckInRequest,
    "printed": PrintedRequest,
    "open": OpenRequest,
    **dict.fromkeys(("close", "next", "recall", "start", "finish", "no_show", "undo"), DeskRequest),
    "hold": HoldRequest,
    "pause": PauseRequest,
    "transfer": TransferRequest,
    **dict.fromkeys(("resume", "call"), DeskNumberRequest),
    "cancel": CancelRequest,
    "shown": ShownRequest,
}

Minutes = tuple[int, int]  # low, high: four of five residents are called between them
TicketStatus = Literal["waiting", "called", "serving", "on_hold", "served", "no_show", "cancelled", "closed"]
DeskStatus = Literal["closed", "free", "calling", "serving", "paused"]
ErrorCode = Literal[
    "bad_request",
    "unknown_category",
    "unknown_desk",
    "unknown_ticket",
    "category_closed",
    "category_full",
    "desk_closed",
    "desk_taken",
    "nothing_waiting",
    "too_soon",
    "illegal_move",
    "target_unavailable",
    "not_allowed",
    "storage_failed",
    "slow_down",
    "unknown_booking",
    "booking_used",
    "wrong_day",
]


class Ticket(Struct, frozen=True, omit_defaults=True):
    """A ticket as residents and clerks may see it."""

    number: str
    category: str
    priority: str | None
    status: TicketStatus
    issued_at: datetime
    ahead: int
    wait_minutes: Minutes | None
    desks: list[str]
    called_at: datetime | None = None
    desk: str | None = None
    reason: str | None = None
    reasons: Text = {}  # the same in every language that it is kept in
    booked_at: datetime | None = None
    booking: Literal["on_time", "early", "late"] | None = None  # of a booked visit: only on time it keeps its time


class PauseReason(Struct, frozen=True):
    """Why a clerk may be away, as the office lists it."""

    id: str
    name: Text


class Desk(Struct, frozen=True, omit_defaults=True):
    """A desk and whom it serves; from `label` on the fields are in its state topic only."""

    id: str
    status: DeskStatus
    waiting: int
    ticket: Ticket | None = None
    ready: bool = False  # it gets the next arrival without a press
    label: Text = {}
    serves: list[str] = []
    waiting_by_category: dict[str, int] = {}
    pause_reason: str | None = None
    pause_name: Text = {}
    pauses: list[PauseReason] = []
    sent_here: int = 0  # how many wait for this one desk
    held: list[str] = []  # the numbers on hold, oldest first
    unshown: bool = False  # no wall has confirmed the call in time


class Error(Struct, frozen=True, omit_defaults=True):
    """Why a request was refused: a code for programs, the facts for people."""

    code: str  # an ErrorCode, or one that only a later broker knows
    message: str
    choices: list[str] = []  # the numbers that the digits may have meant
    number: str | None = None  # what the booked visit was given already
    booked_at: datetime | None = None  # when the booked visit is


class Reply(Struct, frozen=True, omit_defaults=True):
    """The broker's one answer to a request."""

    request_id: str
    ok: bool
    ticket: Ticket | None = None
    desk: Desk | None = None
    error: Error | None = None


class Group(Struct, frozen=True):
    """The first level of the kiosk's menu."""

    id: str
    name: Text


class Category(Struct, frozen=True, omit_defaults=True):
    """One matter of the kiosk's menu, and whether a ticket can be had now."""

    id: str
    group: str
    letter: str
    name: Text
    open: bool
    full: bool
    waiting: int
    wait_minutes: Minutes | None
    desks: list[str]
    hint: Text = {}
    synonyms: dict[str, list[str]] = {}
    alternatives: dict[str, list[str]] = {}
    opens_at: datetime | None = None  # of one that is closed or full: when tickets can be had again
    sign_language: Text = {}  # links to where it is explained in sign language


class Priority(Struct, frozen=True):
    """A class of residents whose place is earlier by a few minutes."""

    id: str
    name: Text
    head_start_minutes: int


class Menu(Struct, frozen=True):
    """All that a kiosk draws."""

    office: Text
    languages: list[str]
    day: str
    groups: list[Group]
    categories: list[Category]
    priorities: list[Priority]
    desk_labels: dict[str, Text] = {}
    bookings: bool = False  # visits are booked for today or later: whoever has a code may check in
    hearing_loop: bool = False  # hearing aids hear the hall's sound


class Call(Struct, frozen=True):
    """One call or recall; `call` rises by one with each of the day."""

    call: int
    number: str
    desk: str
    label: Text
    called_at: datetime
    kind: Literal["call", "recall"]


class CategoryQueue(Struct, frozen=True, omit_defaults=True):
    """How many wait for one matter, and how long it will take."""

    category: str
    waiting: int
    wait_minutes: Minutes | None
    name: Text = {}


class Board(Struct, frozen=True):
    """All that a wall draws; the newest call first, at most twelve."""

    day: str
    seq: int
    calls: list[Call]
    waiting: list[CategoryQueue]
    office: Text = {}
    time_zone: str = ""  # of the office, like Europe/Warsaw: what its clocks on the wall show
    hearing_loop: bool = False


class Problem(Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong with a device, in plain words."""

    code: str
    detail: str
    since: datetime | None = None


class LastDay(Struct, frozen=True):
    """The business day that is over, and the hash that its log ended with: for whoever keeps it elsewhere."""

    day: str
    hash: str


class Health(Struct, frozen=True):
    """What a device says of itself; its last will says `down`."""

    status: Literal["up", "degraded", "down"]
    since: datetime
    version: str
    problems: list[Problem] = []
    counters: dict[str, int] = {}
    shows_calls: bool | UnsetType = UNSET  # a wall: it confirms each call that it has drawn
    speaking: bool | UnsetType = UNSET  # to one resident, at a kiosk: calls in the same room wait a moment
    last_day: LastDay | UnsetType = UNSET  # the broker: what its log of the last day ended with
    at: datetime | UnsetType = UNSET  # when the main loop told it; anew every ten seconds


encode = msgspec.json.Encoder().encode


class BadMessage(ValueError):
    """A payload that is not what its topic promises; `request_id` is set where one could be read."""

    def __init__(self, detail: str, request_id: str | None = None) -> None:
        super().__init__(detail)
        self.request_id = request_id


_request_decoders = {verb: msgspec.json.Decoder(kind) for verb, kind in REQUESTS.items()}
_request_id_decoder = msgspec.json.Decoder(Request)


def decode_request(verb: str, payload: bytes) -> Request:
    """Decode a request strictly; BadMessage says what is wrong with it."""
    if len(payload) > MAX_REQUEST_BYTES:
        raise BadMessage(f"{len(payload)} bytes; a request has at most {MAX_REQUEST_BYTES}")
    decoder = _request_decoders.get(verb)
    if decoder is None:
        raise BadMessage(f"unknown verb {verb[:64]!r}", request_id_of(payload))
    try:
        return decoder.decode(payload)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise BadMessage(str(error), request_id_of(payload)) from None


def request_id_of(payload: bytes) -> str | None:
    """Return the id in a payload that may be no request at all; None if there is none to read."""
    try:
        return _request_id_decoder.decode(payload).request_id
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None

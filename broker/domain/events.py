"""What has happened: never changed, never refused. `order` and `number` name the ticket."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from .grounds import Grounds


@dataclass(frozen=True)
class Event:
    """Something that happened at a moment."""

    at: datetime


@dataclass(frozen=True)
class DayStarted(Event):
    """A business day began; `service_s` are the last known service times by category, in seconds."""

    day: date
    service_s: Mapping[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class TicketEvent(Event):
    """Something that happened to a ticket."""

    order: int
    number: str


@dataclass(frozen=True)
class TicketIssued(TicketEvent):
    """A resident got a number; `booked_at` is the time of a booked visit, `code` what it was checked in with."""

    category: str
    anchor: datetime
    priority: str | None = None
    language: str | None = None
    booked_at: datetime | None = None
    code: str | None = None


@dataclass(frozen=True)
class TicketPrinted(TicketEvent):
    """The paper came out, or did not."""

    result: str
    detail: str | None = None


@dataclass(frozen=True)
class TicketCalled(TicketEvent):
    """A desk called a ticket, and why this one: in words, and in numbers since they are kept."""

    desk: str
    call: int
    reason: str
    grounds: Grounds | None = None


@dataclass(frozen=True)
class TicketRecalled(TicketEvent):
    """A desk called the same ticket again."""

    desk: str
    call: int


@dataclass(frozen=True)
class ServiceStarted(TicketEvent):
    """The resident is at the desk."""

    desk: str


@dataclass(frozen=True)
class ServiceFinished(TicketEvent):
    """The resident has left the desk; `by` is the verb of the key that said so."""

    desk: str
    by: str = "finish"


@dataclass(frozen=True)
class TicketNoShow(TicketEvent):
    """The resident did not come."""

    desk: str


@dataclass(frozen=True)
class TicketHeld(TicketEvent):
    """The resident will come back."""

    desk: str


@dataclass(frozen=True)
class TicketResumed(TicketEvent):
    """A held ticket waits again, by a key of `desk`."""

    desk: str | None = None


@dataclass(frozen=True)
class TicketTransferred(TicketEvent):
    """The ticket waits elsewhere: in a category, and where `to_desk` is set at that desk alone.

    `desk` sent it there; None where the desk that it waited for alone was closed.
    """

    category: str
    to_desk: str | None = None
    desk: str | None = None


@dataclass(frozen=True)
class TicketCancelled(TicketEvent):
    """The resident gave the ticket back."""


@dataclass(frozen=True)
class TicketClosed(TicketEvent):
    """The day ended before the ticket did."""


@dataclass(frozen=True)
class DeskOpened(Event):
    """A clerk sits at the desk, with the terminal `client`."""

    desk: str
    client: str
    clerk: str | None = None


@dataclass(frozen=True)
class DeskReady(Event):
    """The desk gets the next arrival without another press."""

    desk: str


@dataclass(frozen=True)
class DeskPaused(Event):
    """The clerk is away for a while."""

    desk: str
    reason: str | None = None


@dataclass(frozen=True)
class DeskClosed(Event):
    """The clerk has gone."""

    desk: str


@dataclass(frozen=True)
class TicketRestored(TicketEvent):
    """The ticket is where it was before the last key of `desk`."""

    desk: str


@dataclass(frozen=True)
class DeskRestored(Event):
    """The last key of the desk was taken back, with the calls that it put on the wall."""

    desk: str


@dataclass(frozen=True)
class CallShown(Event):
    """The first display has drawn and spoken a call."""

    call: int
    display: str


@dataclass(frozen=True)
class NumbersSkipped(Event):
    """Nobody knows which numbers were given out since a backup: each series and the calls go on after these."""

    last_numbers: Mapping[str, int]
    call: int


Events = tuple[Event, ...]

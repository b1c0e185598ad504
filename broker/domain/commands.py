"""What someone in the hall wants: each may be refused."""

from dataclasses import dataclass
from datetime import datetime

from .booking import Booking


@dataclass(frozen=True)
class IssueTicket:
    """A resident takes a matter, or checks in for a visit booked for `booked_at`."""

    category: str
    priority: str | None = None
    language: str | None = None
    booked_at: datetime | None = None


@dataclass(frozen=True)
class CheckIn:
    """A resident with a booked visit is here; `booking` is what the office knows of the code, None for nothing."""

    code: str
    booking: Booking | None
    priority: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class ReportPrint:
    """A kiosk says what became of the paper: `printed` or `failed`."""

    number: str
    result: str
    detail: str | None = None


@dataclass(frozen=True)
class CancelTicket:
    """A waiting ticket is given back."""

    number: str


@dataclass(frozen=True)
class ConfirmShown:
    """A display has drawn and spoken a call."""

    call: int
    display: str


@dataclass(frozen=True)
class AtDesk:
    """A key pressed at a desk, by the terminal `client`."""

    desk: str
    client: str


@dataclass(frozen=True)
class OpenDesk(AtDesk):
    """A clerk sits down, or comes back from a pause; `clerk` is a code of the office's, no name."""

    clerk: str | None = None


@dataclass(frozen=True)
class CloseDesk(AtDesk):
    """A clerk leaves; the ticket being served is finished."""


@dataclass(frozen=True)
class PauseDesk(AtDesk):
    """A clerk leaves for a while; the ticket being served is finished."""

    reason: str | None = None


@dataclass(frozen=True)
class CallNext(AtDesk):
    """The desk is ready for the next ticket; the one being served is finished."""


@dataclass(frozen=True)
class Recall(AtDesk):
    """The called resident has not come yet."""


@dataclass(frozen=True)
class StartService(AtDesk):
    """The called resident is here."""


@dataclass(frozen=True)
class FinishService(AtDesk):
    """The resident has left."""


@dataclass(frozen=True)
class MarkNoShow(AtDesk):
    """The called resident did not come."""


@dataclass(frozen=True)
class HoldTicket(AtDesk):
    """The resident at the desk, or the waiting one with this number, will come back, with a form filled in or so."""

    number: str | None = None


@dataclass(frozen=True)
class ResumeTicket(AtDesk):
    """A held ticket waits again, in its old place."""

    number: str


@dataclass(frozen=True)
class TransferTicket(AtDesk):
    """The resident at the desk, or the waiting one with this number, goes on elsewhere, in the old place."""

    to_category: str | None = None
    to_desk: str | None = None
    number: str | None = None


@dataclass(frozen=True)
class CallNumber(AtDesk):
    """The desk calls one given number, out of turn."""

    number: str


@dataclass(frozen=True)
class Undo(AtDesk):
    """The last key of the desk was a mistake."""


@dataclass(frozen=True)
class SkipNumbers:
    """The log was restored from a backup: so many numbers of each series may have been given out since."""

    count: int


@dataclass(frozen=True)
class EndDay:
    """The business day is over; what is still open is closed."""


@dataclass(frozen=True)
class StartDay:
    """A business day begins, with no tickets and every desk closed.

    `corrected` where the day before it was opened by a clock that was ahead, so that this one is earlier.
    """

    corrected: bool = False


Command = (
    IssueTicket
    | SkipNumbers
    | CheckIn
    | ReportPrint
    | CancelTicket
    | ConfirmShown
    | OpenDesk
    | CloseDesk
    | PauseDesk
    | CallNext
    | Recall
    | StartService
    | FinishService
    | MarkNoShow
    | HoldTicket
    | ResumeTicket
    | TransferTicket
    | CallNumber
    | Undo
    | EndDay
    | StartDay
)

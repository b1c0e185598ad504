"""Why a command is refused; the message is the facts."""

from datetime import datetime
from typing import ClassVar


class Refused(Exception):
    """A rule of the hall says no; nothing has changed. `code` is the contract's word for the rule.

    `choices` are the numbers that may have been meant, where the rule is that it must be clear.
    """

    code: ClassVar[str] = "bad_request"
    choices: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, object]:
        """Return what a program needs beside the message, by the contract's names."""
        return {"choices": self.choices} if self.choices else {}


class BadRequest(Refused):
    """The command makes no sense as it stands."""


class Ambiguous(BadRequest):
    """The digits may mean any of `choices`."""

    def __init__(self, message: str, choices: tuple[str, ...]) -> None:
        super().__init__(message)
        self.choices = choices


class UnknownCategory(Refused):
    """No such matter in this office."""

    code = "unknown_category"


class UnknownDesk(Refused):
    """No such desk in this office."""

    code = "unknown_desk"


class UnknownTicket(Refused):
    """No such number today."""

    code = "unknown_ticket"


class CategoryClosed(Refused):
    """Outside the matter's hours."""

    code = "category_closed"


class CategoryFull(Refused):
    """No more tickets of the matter today: the limit is reached, it is too late, or no number is free."""

    code = "category_full"


class DeskIsClosed(Refused):
    """Nobody sits at the desk."""

    code = "desk_closed"


class DeskTaken(Refused):
    """Another terminal, or another clerk, sits at the desk."""

    code = "desk_taken"


class NothingWaiting(Refused):
    """Nobody waits whom the desk could call."""

    code = "nothing_waiting"


class TooSoon(Refused):
    """A key that bounced must not skip a resident."""

    code = "too_soon"


class IllegalMove(Refused):
    """The life of a ticket has no such step."""

    code = "illegal_move"


class TargetUnavailable(Refused):
    """Nobody is there to take the resident on."""

    code = "target_unavailable"


class NotAllowed(Refused):
    """The office does not allow it."""

    code = "not_allowed"


class UnknownBooking(Refused):
    """No booked visit has this code."""

    code = "unknown_booking"


class BookingUsed(Refused):
    """The booked visit has its number already."""

    code = "booking_used"

    def __init__(self, message: str, number: str) -> None:
        super().__init__(message)
        self.number = number

    @property
    def facts(self) -> dict[str, object]:
        """Return the number that was given."""
        return {"number": self.number}


class WrongDay(Refused):
    """The visit is booked for another day."""

    code = "wrong_day"

    def __init__(self, message: str, booked_at: datetime) -> None:
        super().__init__(message)
        self.booked_at = booked_at

    @property
    def facts(self) -> dict[str, object]:
        """Return when the visit is."""
        return {"booked_at": self.booked_at}

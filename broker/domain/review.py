"""A call looked at again: who stood where at the desk by the office's rules of today."""

from dataclasses import dataclass

from .events import TicketCalled
from .grounds import Grounds, How
from .office import Office
from .policy import Place, grounds_of, in_line
from .reason import in_words
from .story import Moment


@dataclass(frozen=True)
class Review:
    """All whom the desk could call, the earliest place first; the grounds of the call by the same rules.

    `agrees` says whether these are the reason that was stored: they are not where the rules have changed since.
    """

    places: tuple[Place, ...]
    grounds: Grounds
    agrees: bool


def reviewed(moment: Moment, office: Office) -> Review | None:
    """Look at a call again; None if the office no longer has the desk, or the moment is no call."""
    call = moment.event
    desk = office.desks.get(call.desk) if isinstance(call, TicketCalled) else None
    if not isinstance(call, TicketCalled) or desk is None or moment.before is None:
        return None
    grounds = grounds_of(moment.before, moment.waiting, desk, office, _how(call))
    # A log of the time when the numbers were not kept has the words alone.
    agrees = grounds == call.grounds or call.grounds is None
    agrees &= in_words(grounds, call.number, office.time_zone, "en") == call.reason
    return Review(in_line(moment.waiting, desk, office), grounds, agrees)


def _how(call: TicketCalled) -> How:
    if call.grounds is not None:
        return call.grounds.how
    return "by_number" if call.reason.startswith("out of turn") else "in_turn"

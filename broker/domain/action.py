"""What the last key of a desk changed, remembered as it was before, so that the clerk can take it back.

Theory of operation. Every event that a key of a desk causes names that desk, so the memory is folded from the log like
everything else. A key that makes the desk free finishes the ticket there first: its ServiceFinished says which key it
was, and what follows at the same moment belongs to the same press. So does the call that a desk gets without a press
because its own key let a ticket wait again, or sent one to it. A recall is no action of its own: whoever takes back the
call takes back its recalls.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from . import events as e
from .open_desk import OpenDesk
from .ticket import Ticket

if TYPE_CHECKING:
    from .draft import Draft

# The keys that finish the ticket at the desk on their way to something else.
GOES_ON = frozenset({"next", "call", "pause", "close"})
# Whoever waits again may be called to the same desk at once.
LETS_WAIT = (e.TicketResumed, e.TicketTransferred)
OF_A_KEY = (
    e.TicketCalled,
    e.ServiceStarted,
    e.ServiceFinished,
    e.TicketNoShow,
    e.TicketHeld,
    e.TicketResumed,
    e.TicketTransferred,
    e.DeskReady,
    e.DeskPaused,
    e.DeskClosed,
)


@dataclass(frozen=True)
class Action:
    """One press of a key: the desk and the tickets as they were before it, and what it made of the tickets."""

    at: datetime
    desk: OpenDesk
    tickets: tuple[Ticket, ...] = ()
    made: tuple[e.TicketEvent, ...] = ()
    goes_on: bool = False

    def sent_back(self, order: int) -> bool:
        """Whether the ticket was not at the desk that closed, but waited for it alone."""
        sent_on = (made for made in self.made if isinstance(made, e.TicketTransferred))
        return any(made.order == order and made.desk is None for made in sent_on)


def note(draft: "Draft", event: e.Event) -> None:
    """Remember what an event is about to change, if a key of a desk caused it."""
    if isinstance(event, e.DeskOpened):
        # Who sits down, or comes back from a pause, has nothing to take back.
        draft.table("actions").pop(event.desk, None)
        return
    desk = _desk_of(draft, event)
    if desk is None:
        return
    action = draft["actions"].get(desk)
    if action is None or not _belongs_to(action, event):
        action = Action(event.at, draft["desks"][desk])
    draft.table("actions")[desk] = _with(action, event, draft)


def _desk_of(draft: "Draft", event: e.Event) -> str | None:
    """Return the desk whose key caused the event, None if none did."""
    if not isinstance(event, OF_A_KEY):
        return None
    if isinstance(event, e.TicketTransferred) and event.desk is None:
        # Sent back by the desk that it waited for alone, as that closes.
        desk: str | None = draft["open"][event.order].desk
        return desk
    return event.desk


def _belongs_to(action: Action, event: e.Event) -> bool:
    """Whether the event is part of the same press."""
    if not action.goes_on or action.at != event.at:
        return False
    made = action.made[-1]
    if not isinstance(made, LETS_WAIT):
        return True
    if made.desk is None:
        return True
    if not isinstance(event, e.TicketCalled) or event.grounds is None:
        return False
    return event.order == made.order and event.grounds.how == "auto"


def _with(action: Action, event: e.Event, draft: "Draft") -> Action:
    finishes = isinstance(event, e.ServiceFinished) and event.by in GOES_ON
    action = replace(action, goes_on=finishes or isinstance(event, LETS_WAIT))
    if not isinstance(event, e.TicketEvent):
        return action
    known = any(ticket.order == event.order for ticket in action.tickets)
    before = () if known else (draft["open"][event.order],)
    return replace(action, tickets=(*action.tickets, *before), made=(*action.made, event))

"""A ticket's whole story, folded from the log: what happened to it, and who waited whenever it was called."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from .events import CallShown, Event, TicketCalled, TicketClosed, TicketEvent, TicketRecalled, TicketRestored
from .hall import Hall
from .office import Office
from .ticket import Status, Ticket

# What the time in a status counts as; of the time after a call only what follows can tell.
_PARTS = {Status.WAITING: "waiting", Status.SERVING: "service"}


@dataclass(frozen=True)
class Moment:
    """One thing that happened to a ticket: the ticket after and before it, and at a call all who waited just then."""

    event: Event
    ticket: Ticket
    before: Ticket | None
    waiting: tuple[Ticket, ...] = ()


@dataclass(frozen=True)
class Story:
    """What happened to one ticket; `namesakes` counts the day's tickets with its number, `which` says which it is."""

    day: date
    moments: tuple[Moment, ...]
    which: int = 1
    namesakes: int = 1

    @property
    def ticket(self) -> Ticket:
        """Return the ticket as it is at the end."""
        return self.moments[-1].ticket


@dataclass(frozen=True)
class Times:
    """How long a resident waited, took from the call to the desk, and was served; the close of the day ends no part."""

    waiting: timedelta = timedelta()
    walking: timedelta = timedelta()
    service: timedelta = timedelta()


def stories_of(events: Iterable[Event], office: Office) -> dict[str, tuple[Story, ...]]:
    """Fold the events of a day once, and return by number the story of each of its tickets.

    The story of a ticket whose number came again when the series wrapped stands before that of its namesake.
    """
    hall = Hall(office)
    moments: dict[int, list[Moment]] = defaultdict(list)
    called: dict[int, int] = {}
    for event in events:
        before, hall = hall, hall.after(event)
        if isinstance(event, TicketCalled | TicketRecalled):
            called[event.call] = event.order
        order = called.get(event.call) if isinstance(event, CallShown) else getattr(event, "order", None)
        ticket = hall.by_order(order) if order else None
        if order and ticket:
            waiting = tuple(before.waiting()) if isinstance(event, TicketCalled) else ()
            moments[order].append(Moment(event, ticket, before.by_order(order), waiting))
    by_number: dict[str, list[tuple[Moment, ...]]] = defaultdict(list)
    for _, its_moments in sorted(moments.items()):
        by_number[its_moments[0].ticket.number].append(tuple(its_moments))
    return {
        number: tuple(Story(hall.day, told, which, len(tickets)) for which, told in enumerate(tickets, 1))
        for number, tickets in by_number.items()
    }


def times_of(story: Story) -> Times:
    """Add up how long the ticket was in each part of its life.

    A desk that never says that service began serves from the call on; a call that was taken back was waiting.
    """
    spent = dict.fromkeys(("waiting", "walking", "service"), timedelta())
    called = timedelta()
    changes = [moment for moment in story.moments if isinstance(moment.event, TicketEvent)]
    for this, following in pairwise(changes):
        if isinstance(following.event, TicketClosed):
            break
        took = max(following.event.at - this.event.at, timedelta())
        if this.ticket.status is Status.CALLED:
            called += took
            if following.ticket.status is not Status.CALLED:
                spent[_after_the_call(following)] += called
                called = timedelta()
        elif part := _PARTS.get(this.ticket.status):
            spent[part] += took
    return Times(**spent)


def _after_the_call(following: Moment) -> str:
    """Return what the time since the call was, now that it is known what came of it."""
    if isinstance(following.event, TicketRestored):
        return "waiting"
    return "walking" if following.ticket.status in (Status.SERVING, Status.NO_SHOW) else "service"

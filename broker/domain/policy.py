"""Who is called next, and why. Pure functions: no clock, no database, no MQTT.

Every rule is a number of minutes on one timeline, so that a clerk, a resident and an auditor can check it:

    place of a ticket  =  its anchor  -  head start  +  handicap

The earliest place is called; of two equal places, the ticket that was issued first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from heapq import nsmallest

from .office import Desk, Office
from .ticket import Ticket

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Place:
    """Where a ticket stands on a desk's timeline, and the numbers that put it there."""

    ticket: Ticket
    head_start: timedelta
    handicap: timedelta

    @property
    def at(self) -> datetime:
        """Return the place itself."""
        return self.ticket.anchor - self.head_start + self.handicap

    def in_words(self, zone: tzinfo) -> str:
        """Say the place with the numbers behind it: `place 10:02: issued 10:17, head start 15 min`."""
        ticket = self.ticket
        words = f"place {_clock(self.at, zone)}: issued {_clock(ticket.issued_at, zone)}"
        if ticket.anchor != ticket.issued_at:
            words += f", anchor {_clock(ticket.anchor, zone)}"
        if self.head_start:
            words += f", head start {self.head_start // _MINUTE} min"
        if self.handicap:
            words += f", handicap {self.handicap // _MINUTE} min"
        return words


@dataclass(frozen=True)
class Choice:
    """The ticket to call, and who would have been next without it."""

    place: Place
    runner_up: Place | None

    def in_words(self, zone: tzinfo) -> str:
        """Say why: `place 10:02: issued 10:17, head start 15 min; next in line B003 at 10:05`."""
        words = self.place.in_words(zone)
        if self.runner_up is None:
            return f"{words}; nobody else in line"
        return f"{words}; next in line {self.runner_up.ticket.number} at {_clock(self.runner_up.at, zone)}"


def place_of(ticket: Ticket, desk: Desk, office: Office) -> Place | None:
    """Return the ticket's place on the desk's timeline; None if the desk does not take it."""
    handicap = _handicap(ticket, desk)
    return None if handicap is None else Place(ticket, office.head_start(ticket.priority), handicap)


def next_ticket(waiting: Iterable[Ticket], desk: Desk, office: Office) -> Choice | None:
    """Choose the ticket whose place on the desk's timeline is earliest, and say why; None if nobody waits."""
    places = (place for ticket in waiting if (place := place_of(ticket, desk, office)))
    first, *others = nsmallest(2, places, key=lambda place: (place.at, place.ticket.order)) or (None,)
    return Choice(first, others[0] if others else None) if first else None


def _handicap(ticket: Ticket, desk: Desk) -> timedelta | None:
    if ticket.desk is not None:
        # Sent to one desk: there it is an own matter, elsewhere none.
        return timedelta() if ticket.desk == desk.id else None
    return desk.handicaps.get(ticket.category)


def _clock(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}"

"""Who is called next, and why. Pure functions: no clock, no database, no MQTT.

Every rule is a number of minutes on one timeline, so that a clerk, a resident and an auditor can check it:

    place of a ticket  =  its anchor  -  head start  +  handicap

The earliest place is called; of two equal places, the ticket that was issued first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nsmallest

from .grounds import Grounds, How
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


@dataclass(frozen=True)
class Choice:
    """The ticket to call, and who would have been next without it."""

    place: Place
    runner_up: Place | None

    def grounds(self, desk: Desk, how: How = "in_turn") -> Grounds:
        """Return why the desk calls the ticket, in numbers."""
        return _grounds(self.place.ticket, self.place, self.runner_up, desk, how)


def place_of(ticket: Ticket, desk: Desk, office: Office) -> Place | None:
    """Return the ticket's place on the desk's timeline; None if the desk does not take it."""
    handicap = _handicap(ticket, desk)
    return None if handicap is None else Place(ticket, office.head_start(ticket.priority), handicap)


def next_ticket(waiting: Iterable[Ticket], desk: Desk, office: Office) -> Choice | None:
    """Choose the ticket whose place on the desk's timeline is earliest, and say why; None if nobody waits."""
    places = (place for ticket in waiting if (place := place_of(ticket, desk, office)))
    first, *others = nsmallest(2, places, key=_turn) or (None,)
    return Choice(first, others[0] if others else None) if first else None


def in_line(waiting: Iterable[Ticket], desk: Desk, office: Office) -> tuple[Place, ...]:
    """Return the places of all whom the desk could call, in the order in which it would."""
    return tuple(sorted((place for ticket in waiting if (place := place_of(ticket, desk, office))), key=_turn))


def grounds_of(ticket: Ticket, waiting: Iterable[Ticket], desk: Desk, office: Office, how: How) -> Grounds:
    """Return in numbers where a given ticket stands at a desk, whoever else is first in line there."""
    first = next_ticket((other for other in waiting if other.order != ticket.order), desk, office)
    return _grounds(ticket, place_of(ticket, desk, office), first.place if first else None, desk, how)


def _grounds(ticket: Ticket, place: Place | None, runner_up: Place | None, desk: Desk, how: How) -> Grounds:
    return Grounds(
        how=how,
        desk=desk.id,
        issued_at=ticket.issued_at,
        place=place.at if place else None,
        anchor=ticket.anchor if ticket.anchor != ticket.issued_at else None,
        booked_at=ticket.booked_at,
        priority=ticket.priority,
        head_start_minutes=place.head_start // _MINUTE if place else 0,
        handicap_minutes=place.handicap // _MINUTE if place else 0,
        next_number=runner_up.ticket.number if runner_up else None,
        next_place=runner_up.at if runner_up else None,
    )


def _turn(place: Place) -> tuple[datetime, int]:
    return place.at, place.ticket.order


def _handicap(ticket: Ticket, desk: Desk) -> timedelta | None:
    if ticket.desk is not None:
        # Sent to one desk: there it is an own matter, elsewhere none.
        return timedelta() if ticket.desk == desk.id else None
    return desk.handicaps.get(ticket.category)

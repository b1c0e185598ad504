"""The one timeline of the design, computed anew and apart from the broker's own policy."""

from tests.broker.domain.halls import minutes


def handicap(ticket, desk):
    """Return the minutes of handicap, None where the desk does not take the ticket."""
    if ticket.desk is not None:
        return 0 if ticket.desk == desk.id else None
    return 0 if ticket.category in desk.serves else desk.stands_in.get(ticket.category)


def head_start(ticket, office):
    return office.priorities[ticket.priority].head_start_minutes if ticket.priority else 0


def line_at(hall, desk):
    """Return the waiting tickets that the desk takes, with the place of each."""
    return {
        order: (ticket.anchor + minutes(late - head_start(ticket, hall.office)), order)
        for order, ticket in hall.open.items()
        if ticket.status == "waiting" and (late := handicap(ticket, desk)) is not None
    }


def bound(office):
    """Return how much later somebody who is called first may have come: the office's bound of overtaking."""
    most = max((priority.head_start_minutes for priority in office.priorities.values()), default=0)
    return minutes(most + max((late for desk in office.desks.values() for late in desk.stands_in.values()), default=0))


def counts_from(ticket, office):
    """Return from when a ticket counts: issued, or booked by somebody who came on time."""
    booked_at = ticket.booked_at
    early, late = minutes(office.booking_early_minutes), minutes(office.booking_late_minutes)
    on_time = booked_at is not None and booked_at - early <= ticket.issued_at <= booked_at + late
    return booked_at if on_time else ticket.issued_at

"""What a ticket says to its holder beyond its bare fields. Pure functions."""

from broker.contract.messages import Ticket


def called_to(ticket: Ticket) -> str | None:
    """Return the desk that called this ticket in the moment of its issue; None for one that waits, as most do."""
    return ticket.desk if ticket.status in ("called", "serving") else None


def booked_time(ticket: Ticket) -> str:
    """Return the time of a booked visit by the office's clock, the one that the ticket was issued by; else nothing."""
    if ticket.booked_at is None:
        return ""
    return f"{ticket.booked_at.astimezone(ticket.issued_at.tzinfo):%H:%M}"

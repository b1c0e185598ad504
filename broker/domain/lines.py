"""The lines in which tickets wait: one for each matter, and one for each desk that tickets of it were sent to.

Within a line the handicap is the same for all, so a line is sorted once and for good; whoever is next at a desk is
the first of one of its lines, however many wait.
"""

from bisect import bisect_left
from datetime import datetime

from .office import Office
from .ticket import Ticket

LineKey = tuple[str, str | None]  # category, and the one desk it was sent to
Stand = tuple[datetime, int]  # the place before the handicap, and the issue order that breaks ties
Line = tuple[Stand, ...]


def line_of(ticket: Ticket) -> LineKey:
    """Return the line that a waiting ticket stands in."""
    return ticket.category, ticket.desk


def stand_of(ticket: Ticket, office: Office) -> Stand:
    """Return what a ticket is sorted by in its line."""
    return ticket.anchor - office.head_start(ticket.priority), ticket.order


def joined(line: Line, stand: Stand) -> Line:
    """Return the line with one more ticket."""
    at = bisect_left(line, stand)
    return (*line[:at], stand, *line[at:])


def left(line: Line, stand: Stand) -> Line:
    """Return the line without a ticket."""
    at = bisect_left(line, stand)
    return line[:at] + line[at + 1 :]


def ahead(line: Line, stand: Stand) -> int:
    """Return how many stand before a ticket."""
    return bisect_left(line, stand)

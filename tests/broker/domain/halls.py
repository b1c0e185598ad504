"""A small office for tests of the domain, and a day in its hall."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from broker.domain.commands import EndDay, IssueTicket, StartDay
from broker.domain.hall import Hall
from broker.domain.office import Category, Desk, Group, Office, Priority

WARSAW = ZoneInfo("Europe/Warsaw")
MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # a Monday, 09:00 in Warsaw


def minutes(number):
    return timedelta(minutes=number)


def category(category_id, letter, **fields):
    return Category(category_id, "matters", letter, {"pl": category_id}, **fields)


def desk(desk_id, *serves, **stands_in):
    return Desk(desk_id, {"pl": f"Stanowisko {desk_id}"}, serves, stands_in)


def office(categories=None, desks=None, priorities=(("child", 15), ("disability", 20)), **fields):
    """Make an office; left to itself: three matters, and desk 2 that stands in for business 10 minutes later."""
    categories = categories or (category("cards", "D"), category("residence", "E"), category("business", "B"))
    desks = desks or (desk("1", "cards", "residence"), desk("2", "cards", business=10), desk("3", "business"))
    return Office(
        **{
            "name": {"pl": "Urząd"},
            "time_zone": WARSAW,
            "languages": ("pl",),
            "groups": (Group("matters", {"pl": "Sprawy"}),),
            "categories": {c.id: c for c in categories},
            "priorities": {name: Priority(name, head_start, {"pl": name}) for name, head_start in priorities},
            "desks": {d.id: d for d in desks},
            "call_by_number": True,
        }
        | fields
    )


class Day:
    """A business day in a hall: everything that is done happens 10 s after the thing before, or as said."""

    def __init__(self, its_office=None, starts=MORNING):
        self.now = starts
        self.hall = Hall(its_office or office())
        self.events = []
        self.does(StartDay(), after_s=0)

    def does(self, command, after_s=10):
        """Carry out a command and return its events."""
        self.now += timedelta(seconds=after_s)
        events = self.hall.decide(command, self.now)
        self.hall = self.hall.after(*events)
        self.events += events
        return events

    def take(self, matter="cards", priority=None, after_s=10):
        """Take a ticket and return its number."""
        (issued,) = self.does(IssueTicket(matter, priority), after_s)
        return issued.number

    def press(self, key, at_desk="1", after_s=10, client=None, **fields):
        """Press a key at a desk, at its own terminal if none is named, and return the events."""
        return self.does(key(at_desk, client or f"desk-{at_desk}", **fields), after_s)

    def end(self):
        """End the day and start the next one, a day later."""
        self.now += timedelta(days=1)
        return (*self.does(EndDay(), 0), *self.does(StartDay(), 0))

    def status(self, number):
        return self.hall.ticket(number).status

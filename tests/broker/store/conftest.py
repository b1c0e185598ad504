"""A database in a file, and a hall whose events go into it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from broker.domain.commands import CallNext, IssueTicket, OpenDesk, StartDay
from broker.domain.events import TicketEvent
from broker.domain.hall import Hall
from broker.domain.office_file import office_from_toml
from broker.store.database import connect_existing, open_database
from broker.store.log import Entry, EventLog
from tests.builders import SAMPLE_OFFICE

MORNING = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
OFFICE = office_from_toml(SAMPLE_OFFICE.read_text(encoding="utf-8"), "sample")


@dataclass
class Clerk:
    """Carries commands out and stores what happened, as the service does."""

    hall: Hall
    log: EventLog
    asked: int = 0

    def entry(self, command, now=MORNING):
        events = self.hall.decide(command, now)
        self.hall = self.hall.after(*events)
        orders = dict.fromkeys(event.order for event in events if isinstance(event, TicketEvent))
        tickets = tuple(self.hall.open.get(order) or self.hall.ended[order] for order in orders)
        self.asked += 1
        return Entry(self.hall.day, events, tickets, "kiosk-1", f"r{self.asked}", b"answer %d" % self.asked)

    def does(self, command, now=MORNING):
        self.log.append([self.entry(command, now)])

    def has_a_day(self):
        """Start the day, take three tickets and call the first."""
        self.does(StartDay())
        for _ in range(3):
            self.does(IssueTicket("fees", priority=None, language="uk"))
        self.does(OpenDesk("17", "desk-17"))
        self.does(CallNext("17", "desk-17"))


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'hall.db'}"


@pytest.fixture
def connection(url):
    connection = open_database(url)
    yield connection
    connection.close()


@pytest.fixture
def beside(url, connection):
    """A second connection to the same file, which sees only what was committed."""
    connection = connect_existing(url)
    yield connection
    connection.close()


@pytest.fixture
def clerk(connection):
    return Clerk(Hall(OFFICE), EventLog(connection))

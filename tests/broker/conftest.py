"""The broker's service in one piece with a real database; only the network and the clock are in the test's hands."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from broker.domain.hall import Hall
from broker.domain.office_file import office_from_toml
from broker.service import Service
from broker.store.database import open_database
from broker.store.devices import registered
from broker.store.log import EventLog
from tests.builders import SAMPLE_OFFICE
from tests.fakes import FakeBus

MONDAY_MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SAMPLE = SAMPLE_OFFICE.read_text(encoding="utf-8")


class Hallway:
    """A broker that can be restarted, in an office whose clock stands until the test moves it."""

    def __init__(self, url):
        self.now = MONDAY_MORNING
        self.office = SAMPLE
        self._url = url
        self._connection = None
        self._ids = itertools.count(1)

    def start(self):
        """Start the broker, or start it again on the same database."""
        self.stop()
        self._connection = open_database(self._url)
        self.log = EventLog(self._connection)
        self.bus = FakeBus()
        hall = Hall(office_from_toml(self.office, "office.toml")).after_all(self.log.today())
        devices = lambda: registered(self._connection)  # noqa: E731
        self.service = Service(hall, self.log, self.bus, lambda: self.now, devices, self.days(hall))
        self.bus.when_linked(True)
        self.service.turn(0)
        return self

    def days(self, hall):
        """Return what follows a clock that may be set; None where time only goes on."""

    def stop(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def query(self, sql):
        return self._connection.connection.driver_connection.execute(sql).fetchall()

    def passes(self, **time):
        """Let time pass, and the broker do its chores."""
        self.now += timedelta(**time)
        self.service._chores_at = 0.0
        self.service.turn(0)

    def ask(self, verb, client="kiosk-1", request_id=None, **fields):
        request_id = request_id or f"r{next(self._ids)}"
        self.bus.arrive(client, verb, request_id, **fields)
        self.service.turn(0)
        return self.bus.answers()[request_id]

    def take(self, category="fees", **fields):
        return self.ask("ticket", category=category, **fields)["ticket"]["number"]

    def at_desk(self, verb, desk="17", **fields):
        return self.ask(verb, f"desk-{desk}", desk=desk, **fields)


@pytest.fixture
def hallway(tmp_path):
    hallway = Hallway(f"sqlite:///{tmp_path / 'hall.db'}").start()
    yield hallway
    hallway.stop()

"""Requests that come again: the same days with repeats and without them, in two brokers with real databases."""

from collections import deque
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import chain
from math import inf
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broker.domain import commands as c
from tests.broker.conftest import Hallway
from tests.broker.domain.days import always
from tests.broker.domain.deeds import HOW_OFTEN, WHAT

VERBS = {
    c.IssueTicket: "ticket",
    c.ReportPrint: "printed",
    c.CancelTicket: "cancel",
    c.ConfirmShown: "shown",
    c.OpenDesk: "open",
    c.CloseDesk: "close",
    c.PauseDesk: "pause",
    c.CallNext: "next",
    c.Recall: "recall",
    c.StartService: "start",
    c.FinishService: "finish",
    c.MarkNoShow: "no_show",
    c.HoldTicket: "hold",
    c.ResumeTicket: "resume",
    c.TransferTicket: "transfer",
    c.CallNumber: "call",
    c.Undo: "undo",
}
GAPS_S = (0, 1, 3, 60, 300)
OFFICE = """\
[office]
name = { pl = "Urząd" }
time_zone = "Europe/Warsaw"
languages = ["pl"]
day_starts = "04:00"
call_by_number = true
auto_call = true
[[group]]
id = "matters"
name = { pl = "Sprawy" }
[[category]]
id = "cards"
group = "matters"
letter = "D"
name = { pl = "Dowody" }
[[category]]
id = "business"
group = "matters"
letter = "B"
name = { pl = "Firmy" }
[[priority]]
id = "child"
head_start_minutes = 15
name = { pl = "Z dzieckiem" }
[[desk]]
id = "1"
label = { pl = "Stanowisko 1" }
serves = ["cards"]
stands_in = { business = 10 }
[[desk]]
id = "2"
label = { pl = "Stanowisko 2" }
serves = ["business"]
"""


class TwoBrokers:
    """One hears every request once, the other some of them again."""

    def __init__(self, folder):
        self.once, self.again = (Hallway(f"sqlite:///{folder / name}.db") for name in ("once", "again"))
        for hallway in (self.once, self.again):
            hallway.office = OFFICE
            hallway.start()
            hallway.query("PRAGMA synchronous=OFF")  # a thousand days, and no power cut among them
        self.requests = 0
        self.answered = deque(maxlen=5)  # day by day; a broker remembers its answers for a week

    def live_a_day(self, seed, length):
        """Live a new day in both; repeats come in the same turn as the first, in a later one, or days later."""
        chance = Random(seed)
        self._passes(86400)
        self.answered.append([])
        for _ in range(length):
            request = self._request(chance)
            first_answer, *others = self._hear(self.again, [request] * chance.choice([1, 1, 2, 3]))
            assert {first_answer, *others} == set(self._hear(self.once, [request]))
            self.answered[-1].append((request, first_answer))
            while chance.random() < 0.3:
                repeated, its_answer = chance.choice([*chain(*self.answered)])
                assert self._hear(self.again, [repeated]) == [its_answer]
            assert self.again.service.hall == self.once.service.hall
            self._passes(chance.choice(GAPS_S))
        for hallway in (self.once, self.again):
            hallway.bus.published.clear()

    def stop(self):
        self.once.stop()
        self.again.stop()

    def _passes(self, seconds):
        for hallway in (self.once, self.again):
            hallway.now += timedelta(seconds=seconds)

    def _request(self, chance):
        """Return what somebody asks: client, verb, fields, request id."""
        self.requests += 1
        command = chance.choices(WHAT, cum_weights=HOW_OFTEN)[0](self.once.service.hall, self.once.now, chance)
        fields = {name: value for name, value in asdict(command).items() if value is not None}
        client = fields.pop("client", fields.pop("display", "kiosk-1"))
        if isinstance(fields.get("booked_at"), datetime):
            fields["booked_at"] = fields["booked_at"].isoformat()
        return client, VERBS[type(command)], tuple(fields.items()), f"r{self.requests}"

    @staticmethod
    def _hear(hallway, requests):
        """Let requests arrive in one turn, and return the answers, byte by byte."""
        told = len(hallway.bus.published)
        hallway.service._listened_at = inf  # however busy the machine is, nobody has given up meanwhile
        for client, verb, fields, request_id in requests:
            hallway.bus.arrive(client, verb, request_id, **dict(fields))
        hallway.service.turn(0)
        return [payload for topic, payload in hallway.bus.published[told:] if topic.startswith("okienko/reply/")]


@pytest.fixture(scope="module")
def brokers(tmp_path_factory):
    brokers = TwoBrokers(tmp_path_factory.mktemp("repeats"))
    yield brokers
    brokers.stop()


@settings(always(), suppress_health_check=[*HealthCheck])
@given(seed=st.integers(0, 2**32), length=st.integers(4, 12))
def test_a_repeated_request_changes_nothing_and_gets_its_first_answer(brokers, seed, length):
    brokers.live_a_day(seed, length)


def test_what_came_again_is_stored_once(brokers):
    brokers.live_a_day(seed=7, length=30)
    events = "SELECT kind, data FROM events ORDER BY rowid"
    assert brokers.once.query(events) == brokers.again.query(events)


def test_a_wall_that_confirms_again_after_a_restart_gets_the_same_yes_though_it_is_not_kept(hallway):
    hallway.take()
    hallway.at_desk("open")
    hallway.at_desk("next")
    first = hallway.ask("shown", "display-1", "confirmed", call=1, spoken=True)
    assert first["ok"]
    kept = "SELECT request_id FROM answers WHERE request_id LIKE 'display-1%'"
    assert hallway.query(kept) == []
    events = hallway.query("SELECT count(*) FROM events")
    hallway.start()
    assert hallway.ask("shown", "display-1", "confirmed", call=1, spoken=True) == first
    assert hallway.query("SELECT count(*) FROM events") == events

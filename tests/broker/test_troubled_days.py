"""Random days with everything that can go wrong: restarts, a full disk, a jumping clock, requests out of place."""

import json
from random import Random

import pytest

from broker.contract import messages as m
from broker.contract import topics
from broker.domain.hall import Hall
from broker.store.log import key, unpacked

STEPS = 250
DESKS = ("26", "30", "31", "32", "14")
MATTERS = ("id-cards", "population", "filing", "no-such-matter")
VERBS = tuple(m.REQUESTS)


class Trouble:
    """One hallway, and what chance does to it."""

    def __init__(self, hallway, seed):
        self.hallway = hallway
        self.chance = Random(seed)
        self.request_ids = []
        self.first_answers = {}

    def strikes(self):
        kind = self.chance.choices(["requests", "time", "clock", "restart", "full", "room"], [60, 14, 4, 6, 4, 8])[0]
        getattr(self, f"_{kind}")()

    def _requests(self):
        for _ in range(self.chance.choice([1, 1, 2, 5, 20])):
            verb = self.chance.choice(["ticket", "next", "open", *VERBS])
            desk = self.chance.choice(DESKS)
            request_id = f"r{len(self.request_ids)}"
            if self.request_ids and self.chance.random() < 0.1:
                request_id = self.chance.choice(self.request_ids)
            self.request_ids.append(request_id)
            self.hallway.bus.arrive(f"desk-{desk}", verb, request_id, **self._fields(verb, desk))
        self.hallway.service.turn(0)

    def _fields(self, verb, desk):
        chance = self.chance
        known = list(self.hallway.service.hall.numbers) or ["X001"]
        values = {
            "category": chance.choice(MATTERS),
            "priority": chance.choice([None, "elderly", "disability", "mayor"]),
            "number": chance.choice([*known[-8:], "X001"]),
            "result": chance.choice(["printed", "failed"]),
            "desk": desk,
            "call": chance.randint(-1, 30),
            "to_category": chance.choice([None, *MATTERS]),
            "to_desk": chance.choice([None, *DESKS]),
        }
        return {name: values[name] for name in m.REQUESTS[verb].__struct_fields__ if name in values}

    def _time(self):
        self.hallway.passes(seconds=self.chance.choice([1, 3, 60, 900, 3600, 6 * 3600]))

    def _clock(self):
        self.hallway.passes(seconds=self.chance.choice([-1, -60, -3600, -86400, 40000]))

    def _restart(self):
        self._room()
        self.hallway.passes(seconds=0)
        before = self.hallway.service.hall
        self.note_answers()
        self.hallway.start()
        assert self.hallway.service.hall == before, "the hall is after a restart what it was before"

    def _full(self):
        self.hallway.query("PRAGMA max_page_count=1")

    def _room(self):
        self.hallway.query("PRAGMA max_page_count=1000000")

    def note_answers(self):
        """Check that what was stored once is answered in the same bytes ever after."""
        for topic, payload in self.hallway.bus.published:
            reply = json.loads(payload)
            if topic.startswith("okienko/reply/") and reply["ok"]:
                request = key(topic.removeprefix("okienko/reply/"), reply["request_id"])
                assert self.first_answers.get(request, payload) == payload
        stored = self.hallway.query("SELECT request_id, answer FROM answers")
        self.first_answers |= {request: unpacked(answer) for request, answer in stored}


@pytest.mark.parametrize("seed", range(5))
def test_the_books_are_right_after_a_week_of_trouble(hallway, seed):
    trouble = Trouble(hallway, seed)
    for _ in range(STEPS):
        trouble.strikes()
    trouble._restart()
    trouble.note_answers()
    hall = hallway.service.hall
    assert hall == Hall(hall.office).after_all(hallway.log.today())
    stored = hallway.query(f"SELECT \"order\", number, status, desk FROM tickets WHERE day = '{hall.day}'")
    tickets = {**hall.open, **hall.ended}
    assert sorted(stored) == sorted((o, t.number, t.status.value, t.desk) for o, t in tickets.items())
    older = hallway.query(f"SELECT DISTINCT status FROM tickets WHERE day != '{hall.day}'")
    assert {status for (status,) in older} <= {"served", "no_show", "cancelled", "closed"}
    called = hallway.query("SELECT day, json_extract(data, '$.call') FROM events WHERE kind LIKE 'Ticket%alled'")
    assert len(called) == len(set(called)), "each call of a day has a number of its own"
    waiting = {queue["category"]: queue["waiting"] for queue in hallway.bus.state(topics.BOARD)["waiting"]}
    assert sum(waiting.values()) == len(list(hall.waiting()))
    assert hallway.bus.counters["faults"] == 0
    assert len(trouble.first_answers) > 50

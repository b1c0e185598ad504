"""The broker is killed while two kiosks check the same visits in: a visit has one ticket, a request one answer."""

import json
import os
import random
import threading
import time

import pytest

from tests.clients import Client
from tests.journeys.visits import booked_time, imports
from tests.proof.turns import logged
from tests.running_broker import RunningBroker

KILLS = int(os.environ.get("OKIENKO_KILLS", "100"))
SEED = int(os.environ.get("OKIENKO_SEED", "1"))
VISITS = 400
UP_S = 0.5  # the broker lives at most so long


class Visitors:
    """A kiosk at which residents show one code after the other, in an order of its own."""

    def __init__(self, url, name, codes):
        self.client = Client(url, name).start()
        self.answers = {}
        self._codes = codes
        self._thread = threading.Thread(target=self._check_in)
        self._thread.start()

    def _check_in(self):
        for code in self._codes:
            request_id = self.client.new_id()
            self.answers[code] = request_id, self.client.insist("check_in", 0.3, request_id, code=code)
            time.sleep(0.02)

    @property
    def done(self):
        return not self._thread.is_alive()

    def finish(self):
        self._thread.join(300)
        assert self.done, "a visitor waits for ever"

    @property
    def heard(self):
        """All that was heard to each request, in order."""
        return [self.client.answers[request_id] for request_id, _ in self.answers.values()]


def changed(answers):
    """Whether a request got another answer than its first; a refusal is in memory only, and may be put differently."""
    return len(set(answers)) > 1 and any(json.loads(answer)["ok"] for answer in answers)


@pytest.mark.proof
def test_a_visit_gets_one_ticket_however_often_the_broker_is_killed(tmp_path, mosquitto, report):
    chance = random.Random(SEED)
    codes = [f"{code:06}" for code in chance.sample(range(1_000_000), VISITS)]
    lines = [f"{code};fees;{booked_time().isoformat()}" for code in codes]
    broker = RunningBroker(tmp_path, mosquitto.url)
    broker.start().ready()
    imports(broker, *lines)
    kiosks = [Visitors(broker.url, f"kiosk-{n}", chance.sample(codes, len(codes))) for n in (1, 2)]
    kills = 0
    while kills < KILLS and not all(kiosk.done for kiosk in kiosks):
        time.sleep(chance.uniform(0.02, UP_S))
        broker.kill()
        kills += 1
        broker.start()
        if kills % 10 == 0:
            broker.ready()
            imports(broker, *lines)
    for kiosk in kiosks:
        kiosk.finish()
        kiosk.client.stop()
    assert broker.stop() == 0
    issued = {event["code"]: event["number"] for _, event in logged(broker.database, "TicketIssued")}
    assert len(issued) == len(logged(broker.database, "TicketIssued")) == VISITS
    for code, number in issued.items():
        (mine, theirs) = (kiosk.answers[code][1] for kiosk in kiosks)
        given = [reply["ticket"]["number"] for reply in (mine, theirs) if reply["ok"]]
        used = [reply["error"]["number"] for reply in (mine, theirs) if not reply["ok"]]
        assert (given, used) == ([number], [number]), code
    heard = [answers for kiosk in kiosks for answers in kiosk.heard]
    assert not [answers for answers in heard if changed(answers)]
    repeats = sum(len(answers) - 1 for answers in heard)
    report(f"\n{kills} kills: {VISITS} visits, {len(issued)} tickets, 0 doubled; {repeats} requests answered again")

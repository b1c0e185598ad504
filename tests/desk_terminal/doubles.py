"""What stands at the other end in the tests of a desk: a broker that answers, and time that passes when told."""

import time

from broker.contract import topics
from broker.contract.bus import Bus, Server
from broker.contract.messages import Desk, Error, Reply, decode_request, encode
from tests.builders import ticket


def eventually(condition, timeout_s=15.0):
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.01)
    return False


def desk(status="free", waiting=4, number=None, desk_id="30", **fields):
    called = ticket(number, status="called", desk=desk_id) if number else None
    return Desk(desk_id, status, waiting, called, **fields)


AFTER = {
    "next": ("calling", 3, "D017"),
    "call": ("calling", 3, "D017"),
    "start": ("serving", 3, "D017"),
    "open": ("free", 4),
    "close": ("closed", 4),
    "pause": ("paused", 4),
}


class AnsweringBroker:
    """Speaks for the broker on a real Mosquitto: notes every request, answers it, and tells the desk's state.

    A verb in `refusals` is refused with that code, or, if it is a list, because the number may mean any of these.
    """

    def __init__(self, url):
        self.requests = []
        self.refusals = {}
        self.silent = False
        self.bus = Bus(Server.from_url(url), topics.BROKER, "test")
        self.bus.watch_raw(topics.ALL_REQUESTS, self._answer)
        self.bus.start()
        assert eventually(lambda: self.bus.linked)

    @property
    def verbs(self):
        return [verb for verb, _ in self.requests]

    def tell(self, state):
        self.bus.publish(topics.desk(state.id), encode(state), retain=True)

    def stop(self):
        self.bus.stop()

    def _answer(self, topic, payload):
        client, verb = topics.client_and_verb(topic)
        request = decode_request(verb, payload)
        self.requests.append((verb, request))
        if self.silent:
            return
        refusal = self.refusals.get(verb)
        error = None
        if isinstance(refusal, list) and request.number not in refusal:
            error = Error("bad_request", "the facts", choices=refusal)
        elif isinstance(refusal, str):
            error = Error(refusal, "the facts")
        if error is None and verb in AFTER:
            self.tell(desk(*AFTER[verb], desk_id=request.desk))
        reply = Reply(request.request_id, error is None, ticket("D017"), error=error)
        self.bus.publish(topics.reply(client), encode(reply))

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


def desk(status="free", waiting=4, number=None, **fields):
    called = ticket(number, status="called", desk="30") if number else None
    return Desk("30", status, waiting, called, **fields)


AFTER = {
    "next": desk("calling", 3, "D017"),
    "start": desk("serving", 3, "D017"),
    "open": desk("free", 4),
    "close": desk("closed", 4),
}


class AnsweringBroker:
    """Speaks for the broker on a real Mosquitto: notes every request, answers it, and tells the desk's state."""

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
        code = self.refusals.get(verb)
        if code is None and verb in AFTER:
            self.tell(AFTER[verb])
        error = Error(code, "the facts") if code else None
        reply = Reply(request.request_id, error is None, ticket("D017"), error=error)
        self.bus.publish(topics.reply(client), encode(reply))

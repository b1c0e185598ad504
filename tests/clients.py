"""A raw client of the hall: asks the broker, waits for the answer, and keeps every answer that it heard."""

import itertools
import json
import threading
import time

from broker.contract import topics
from broker.contract.bus import Bus, Server

_runs = itertools.count(1)


def eventually(condition, timeout_s=15.0):
    """Wait until `condition` holds; its value, or False if it never did."""
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        if value := condition():
            return value
        time.sleep(0.005)
    return False


class Client:
    """A device that says what the test tells it to; `answers` holds the bytes of every answer, by request id."""

    def __init__(self, url, client):
        self.client = client
        self.bus = Bus(Server.from_url(url), client, "test")
        self.bus.watch_raw(topics.reply(client), self._hear)
        self.answers = {}
        self.states = {}
        self._heard = threading.Condition()
        self._ids = (f"{client}-{next(_runs)}-{number}" for number in itertools.count(1))

    def watch(self, *filters):
        """Keep the newest payload of every topic that matches, in `states`."""
        for topic in filters:
            self.bus.watch_raw(topic, self._keep)
        return self

    def start(self):
        self.bus.start()
        assert eventually(lambda: self.bus.linked), f"{self.client} found no MQTT server"
        return self

    def stop(self):
        self.bus.stop()

    def new_id(self):
        return next(self._ids)

    def send(self, verb, payload, *, retain=False):
        """Publish any bytes at all as a request."""
        return self.bus.publish(topics.request(self.client, verb), payload, retain=retain)

    def ask(self, verb, request_id=None, **fields):
        """Ask once, and return the answer."""
        request_id = request_id or self.new_id()
        before = len(self.answers.get(request_id, ()))
        assert self.send(verb, json.dumps({"request_id": request_id, **fields}).encode())
        return json.loads(self.wait_for(request_id, answers=before + 1)[-1])

    def insist(self, verb, every_s, request_id=None, **fields):
        """Ask again and again with the same id until there is an answer, as every device of the hall does."""
        request_id = request_id or self.new_id()
        payload = json.dumps({"request_id": request_id, **fields}).encode()
        while True:
            self.send(verb, payload)
            with self._heard:
                if self._heard.wait_for(lambda: request_id in self.answers, every_s):
                    return json.loads(self.answers[request_id][0])

    def take(self, category, **fields):
        """Take a ticket, as a kiosk does, and return it."""
        answer = self.ask("ticket", category=category, **fields)
        assert answer["ok"], answer
        return answer["ticket"]

    def code(self, verb, **fields):
        """Ask, and return the code of the refusal."""
        answer = self.ask(verb, **fields)
        assert not answer["ok"], answer
        return answer["error"]["code"]

    def wait_for(self, request_id, answers=1, timeout_s=15.0):
        """Return the answers to a request, once there are so many."""
        with self._heard:
            enough = self._heard.wait_for(lambda: len(self.answers.get(request_id, ())) >= answers, timeout_s)
            assert enough, f"{self.client}: no answer to {request_id}"
            return list(self.answers[request_id])

    def _hear(self, _topic, payload):
        with self._heard:
            self.answers.setdefault(json.loads(payload)["request_id"], []).append(payload)
            self._heard.notify_all()

    def _keep(self, topic, payload):
        self.states[topic] = json.loads(payload)

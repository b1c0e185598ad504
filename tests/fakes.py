"""Stand-ins for what a test must hold in its own hands."""

import json
from collections import deque

from broker.contract import topics


class FakeBus:
    """The bus as the broker's service sees it: requests go in by `arrive`, `published` keeps what came out."""

    def __init__(self):
        self.arrived = deque()
        self.published = []
        self.listening = {topics.ALL_REQUESTS, topics.ALL_HEALTH}
        self.faults = self.bad_messages = self.renewed = 0
        self._handlers = {}

    def watch_raw(self, topic, handler):
        self._handlers[topic] = handler

    def run_once(self, _timeout_s):
        if self.arrived:
            topic, payload = self.arrived.popleft()
            health = topic.startswith(topics.health(""))
            self._handlers[topics.ALL_HEALTH if health else topics.ALL_REQUESTS](topic, payload)

    @property
    def readable(self):
        return bool(self.arrived)

    def publish(self, topic, payload, *, retain=False):
        self.published.append((topic, payload))
        return True

    def narrow(self, narrowed):
        everything = (topics.ALL_REQUESTS, topics.ALL_HEALTH)
        self.listening = {topic for watched in everything for topic in narrowed.get(watched, {watched})}

    def renew(self):
        self.arrived.clear()
        self.renewed += 1

    def tell_last_day(self, last_day):
        self.last_day = last_day

    def report(self, problems, counters):
        self.problems, self.counters = problems, counters

    # -- for the test ----------------------------------------------------------------------------------------

    def arrive(self, client, verb, request_id, **fields):
        payload = json.dumps({"request_id": request_id, **fields}).encode()
        self.arrived.append((topics.request(client, verb), payload))

    def say_health(self, client, **fields):
        """Let a device report how it is."""
        self.arrived.append((topics.health(client), json.dumps(fields).encode()))

    def answers(self):
        """Return what was answered, by request id."""
        replies = (json.loads(payload) for topic, payload in self.published if topic.startswith("okienko/reply/"))
        return {reply["request_id"]: reply for reply in replies}

    def state(self, topic):
        """Return the newest state on a topic."""
        return json.loads([payload for told, payload in self.published if told == topic][-1])

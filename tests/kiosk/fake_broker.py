"""A broker of a few lines: it publishes a menu and answers every request."""

from collections import Counter
from datetime import UTC, datetime

from broker.contract import topics
from broker.contract.bus import Bus, Server
from broker.contract.messages import Error, Health, Reply, decode_request, encode
from tests.builders import ticket


class FakeBroker:
    """Leaves `silent[verb]` requests without an answer, and refuses tickets with the code `refuses`."""

    def __init__(self, url, menu):
        self.menu = menu
        self.silent = Counter()
        self.refuses = None
        self.requests = []
        self.healths = []
        self._bus = Bus(Server.from_url(url), topics.BROKER, "test")
        self._bus.watch_raw(topics.ALL_REQUESTS, self._answer)
        self._bus.watch(topics.health("kiosk-1"), Health, self.healths.append)
        self._bus.when_linked = lambda linked: linked and self.publish_menu()

    def start(self):
        self._bus.start()

    def stop(self):
        self._bus.stop()

    def publish_menu(self, menu=None):
        self.menu = menu or self.menu
        self._bus.publish(topics.MENU, encode(self.menu), retain=True)

    def says(self, status):
        health = Health(status, datetime.now(UTC).astimezone(), "test")
        self._bus.publish(topics.health(topics.BROKER), encode(health), retain=True)

    def of(self, verb):
        return [request for name, request in self.requests if name == verb]

    def _answer(self, topic, payload):
        client, verb = topics.client_and_verb(topic)
        request = decode_request(verb, payload)
        self.requests.append((verb, request))
        if self.silent[verb]:
            self.silent[verb] -= 1
            return
        reply = Reply(request.request_id, ok=True)
        if verb == "ticket" and self.refuses:
            reply = Reply(request.request_id, ok=False, error=Error(self.refuses, "refused"))
        elif verb == "ticket":
            reply = Reply(request.request_id, ok=True, ticket=ticket(category=request.category))
        elif verb == "check_in":
            reply = Reply(request.request_id, ok=False, error=Error("unknown_booking", "no such booking"))
        self._bus.publish(topics.reply(client), encode(reply))

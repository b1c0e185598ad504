"""The bus subscribes to less, and leaves a connection with all that waits in it, on a real Mosquitto."""

import time

import pytest

from broker.contract import topics
from broker.contract.bus import Bus, Server


@pytest.fixture
def hall(mosquitto):
    """The broker's bus, driven by hand, with two kiosks; `heard` is what the broker heard."""

    class Hall:
        def __init__(self):
            self.heard, self.links, self.states = [], [], []
            self.broker, *self.kiosks = (
                Bus(Server.from_url(mosquitto.url), name, "test") for name in ("broker", "kiosk-1", "kiosk-2")
            )

        def turn_until(self, condition, within_s=15.0):
            until = time.monotonic() + within_s
            while not (found := condition()) and time.monotonic() < until:
                self.broker.run_once(0.02)
            return found

        def say(self, kiosk, word):
            assert kiosk.publish(topics.request(kiosk.client, "ticket"), word)

    hall = Hall()
    hall.broker.watch_raw(topics.ALL_REQUESTS, lambda _topic, payload: hall.heard.append(payload))
    hall.broker.when_linked = hall.links.append
    hall.kiosks[1].watch_raw(topics.health("broker"), lambda _topic, payload: hall.states.append(payload))
    for kiosk in hall.kiosks:
        kiosk.start()
    assert hall.turn_until(lambda: hall.broker.linked and all(kiosk.linked for kiosk in hall.kiosks))
    yield hall
    for bus in (*hall.kiosks, hall.broker):
        bus.stop()


def hears(hall, kiosk, word):
    """Whether the broker hears a kiosk, that says so until it does."""

    def asked_again():
        hall.say(kiosk, word)
        return word in hall.heard

    return hall.turn_until(asked_again)


ONLY_SECOND = {topics.ALL_REQUESTS: frozenset({topics.request("kiosk-2", "+")})}


def test_a_device_that_is_left_out_is_not_heard_until_it_is_let_in_again(hall):
    first, second = hall.kiosks
    assert hears(hall, first, b"before")
    hall.broker.narrow(ONLY_SECOND)
    assert hears(hall, second, b"of the second")
    hall.heard.clear()
    hall.say(first, b"left out")
    assert hears(hall, second, b"later")
    assert b"left out" not in hall.heard
    hall.broker.narrow({})
    assert hears(hall, first, b"again")
    assert hall.links == [True]


def test_what_waits_in_the_connection_is_never_read_and_nobody_takes_the_broker_for_dead(hall):
    first, second = hall.kiosks
    assert hears(hall, first, b"before")
    for _ in range(2000):
        hall.say(first, b"flood")
    hall.broker.narrow(ONLY_SECOND)
    hall.broker.renew()
    assert hears(hall, second, b"of the second")
    assert hall.links == [True, False, True]
    assert hall.heard.count(b"flood") < 2000
    assert not [told for told in hall.states if b'"down"' in told]

"""Broker and Mosquitto come and go in any order, and the hall heals by itself."""

import os
import signal
import subprocess
import time

from broker.contract import topics
from broker.mosquitto import PrivateMosquitto
from tests.clients import eventually

HEALED_S = 5


def seconds_until_answered(client):
    """Ask as a device does, with one request id until there is an answer, and return how long that took."""
    started = time.monotonic()
    assert client.insist("ticket", 0.1, category="fees")["ok"]
    return time.monotonic() - started


def test_a_broker_that_starts_before_mosquitto_waits_for_it(make_broker):
    server = PrivateMosquitto()
    broker = make_broker(mqtt=server.url).start()
    time.sleep(0.7)
    server.start()
    try:
        assert broker.ready().client("kiosk-1").ask("ticket", category="fees")["ok"]
        broker.close()
    finally:
        server.stop()


def test_the_hall_heals_when_mosquitto_is_killed_under_the_broker(make_broker, mosquitto):
    broker = make_broker().start().ready()
    kiosk = broker.client("kiosk-1", topics.BOARD)
    assert kiosk.ask("ticket", category="fees")["ok"]
    os.kill(mosquitto.pid, signal.SIGKILL)
    mosquitto._process.wait()
    kiosk.states.clear()
    assert mosquitto.mind()
    assert seconds_until_answered(kiosk) < HEALED_S
    assert eventually(lambda: topics.BOARD in kiosk.states), "a new server is told everything"


def test_the_broker_starts_its_own_mosquitto_again(make_broker, embedded):
    broker = make_broker(mqtt=embedded).start().ready()
    kiosk = broker.client("kiosk-1")
    assert kiosk.ask("ticket", category="fees")["ok"]
    found = subprocess.run(["pgrep", "-P", str(broker.pid), "mosquitto"], capture_output=True, text=True, check=True)
    os.kill(int(found.stdout), signal.SIGKILL)
    assert eventually(lambda: not kiosk.bus.linked)
    assert seconds_until_answered(kiosk) < HEALED_S


def test_a_killed_broker_is_reported_down_and_its_successor_up(make_broker):
    health = topics.health(topics.BROKER)
    broker = make_broker().start().ready()
    wall = broker.client("display-1", health)
    broker.kill()
    assert eventually(lambda: wall.states[health]["status"] == "down")
    broker.start()
    assert eventually(lambda: wall.states[health]["status"] == "up")
    assert broker.stop() == 0
    assert eventually(lambda: wall.states[health]["status"] == "down")

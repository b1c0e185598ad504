"""The broker is killed in the middle of everything: no ticket lost, doubled, called twice or out of its turn."""

import os
import random
import socket
import statistics
import time

import pytest

from broker.mosquitto import PrivateMosquitto
from tests.clients import Client
from tests.proof.busy_office import DESKS, TERMINALS, Books, BusyOffice, Wall, office
from tests.proof.turns import logged, wrong_turns
from tests.running_broker import RunningBroker

KILLS = int(os.environ.get("OKIENKO_KILLS", "200"))
SEED = int(os.environ.get("OKIENKO_SEED", "1"))
READY_S = 1.0  # of a busy day, which is 5,000 events
BUSY_DAY = 5000


def seconds_to_first_answer(broker):
    """Start the broker, and return how long it took to answer a request."""
    started = time.monotonic()
    broker.start()
    host, port = broker.url.removeprefix("mqtt://").split(":")
    while True:
        try:
            socket.create_connection((host, int(port)), 0.1).close()
            break
        except OSError:
            time.sleep(0.002)
    probe = Client(broker.url, "probe").start()
    assert not probe.insist("finish", 0.01, desk="nowhere")["ok"]
    took = time.monotonic() - started
    probe.stop()
    return took


def kill_again_and_again(broker, kills, busy_s):
    """Kill the busy broker so often, every tenth time while it is starting.

    Return for each start how many events the day had, and the time to the first answer.
    """
    chance = random.Random(SEED)
    ready = []
    for kill in range(kills):
        time.sleep(chance.uniform(0.02, busy_s))
        broker.kill()
        if kill % 10 == 9:
            broker.start()
            time.sleep(chance.uniform(0, 0.4))
            broker.kill()
        ready.append((len(logged(broker.database)), seconds_to_first_answer(broker)))
    return ready


def prove(folder, mqtt, kills, report, *, busy_s=0.5):
    """Kill the broker under a busy office, and reckon up; return the wall, the counts and the usual time to be back."""
    broker = RunningBroker(folder, mqtt, office=office((*DESKS, *TERMINALS)))
    busy = None
    try:
        seconds_to_first_answer(broker)
        wall = Wall(broker.url)
        busy = BusyOffice(folder, broker.url, SEED).open()
        ready = kill_again_and_again(broker, kills, busy_s)
        busy.close()
        wall.stop()
        assert broker.stop() == 0
        counts = Books(broker.database).check_against(busy)
        assert busy.said_twice() == [], "every request has one answer for good"
        assert wrong_turns(broker.database, broker.office.read_text()) == [], "nobody was called before their turn"
        assert {len(shown) for shown in wall.calls.values()} == {1}, "no call changed on the wall"
        counts["keys asked again by their terminals"] = len(busy.overheard.asked_again)
        times = [seconds for events, seconds in ready if events <= BUSY_DAY]
        said = ", ".join(f"{count} {what}" for what, count in counts.items())
        report(
            f"\n{kills} kills ({mqtt.partition(':')[0]}): {said}, {busy.repeats()} answers given again; "
            f"start to first answer on a day of at most {BUSY_DAY} events: median {statistics.median(times):.2f} s, "
            f"most {max(times):.2f} s"
        )
        return wall, counts, statistics.median(times)
    finally:
        if busy is not None:
            busy.end()
        broker.close()


def test_no_ticket_is_lost_when_the_broker_is_killed_five_times(tmp_path, mosquitto, report):
    wall, counts, _ = prove(tmp_path, mosquitto.url, 5, report)
    assert sorted(wall.calls) == list(range(1, counts["calls"] + 1)), "the wall saw every call"


@pytest.mark.proof
def test_no_ticket_is_lost_when_the_broker_is_killed_two_hundred_times(tmp_path, mosquitto, report):
    wall, counts, back_s = prove(tmp_path, mosquitto.url, KILLS, report)
    assert sorted(wall.calls) == list(range(1, counts["calls"] + 1)), "the wall saw every call"
    assert counts["keys asked again by their terminals"], "no key was pressed at a moment that proves anything"
    assert back_s < READY_S


@pytest.mark.proof
def test_no_ticket_is_lost_when_broker_and_mosquitto_die_together_two_hundred_times(tmp_path, report):
    # The clients find a new Mosquitto after a quarter of a second and more.
    _, _, back_s = prove(tmp_path, f"embedded:{PrivateMosquitto().port}", KILLS, report, busy_s=1.5)
    assert back_s < READY_S

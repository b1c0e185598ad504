"""Whether another program lives: its heartbeat in steady seconds, and a Mosquitto that keeps the `up` of the dead."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from msgspec import UNSET

from broker.contract import own_health, pulse, topics
from broker.contract.bus import Bus, Server
from broker.contract.messages import Health, Problem, encode
from broker.contract.pulse import SILENT_S, Pulse
from tests.clients import eventually

SAID_AT = datetime(1970, 1, 1, tzinfo=UTC)  # whatever its clock says


def health(status="up", at=SAID_AT):
    return Health(status, SAID_AT, "1", at=at)


@pytest.fixture
def seconds():
    return [0.0]


@pytest.fixture
def listener(seconds):
    told = []
    beating = Pulse(lambda health: told.append(health.status), lambda: seconds[0])
    beating.told = told
    return beating


def test_a_program_that_falls_silent_is_down_after_three_missed_beats_and_up_at_the_next(listener, seconds):
    listener.hear(health())
    seconds[0] = SILENT_S - 0.1
    listener.look()
    assert listener.told == ["up"]
    seconds[0] = SILENT_S
    listener.look()
    listener.look()
    assert listener.told == ["up", "down"]
    listener.hear(health())
    assert listener.told == ["up", "down", "up"]


def test_beats_that_say_nothing_new_are_kept_back_until_there_is_another_connection(listener, seconds):
    for seconds[0] in range(0, 100, 10):
        listener.hear(health(at=SAID_AT + timedelta(seconds=seconds[0])))
        listener.look()
    assert listener.told == ["up"]
    listener.lose()
    listener.hear(health())
    listener.hear(health("degraded"))
    assert listener.told == ["up", "up", "degraded"]


def test_a_program_that_never_beat_is_believed_until_it_says_otherwise(listener, seconds):
    listener.hear(health(at=UNSET))
    seconds[0] = 1e6
    listener.look()
    assert listener.told == ["up"]


def test_nobody_is_declared_dead_twice_nor_while_the_connection_is_lost(listener, seconds):
    listener.hear(health("down"))
    seconds[0] = SILENT_S
    listener.look()
    listener.hear(health())
    listener.lose()
    seconds[0] = 10 * SILENT_S
    listener.look()
    assert listener.told == ["down", "up"]


def test_a_health_of_an_older_program_is_still_understood_and_one_without_a_beat_is_written_as_ever():
    import msgspec

    old = b'{"status":"up","since":"2026-11-22T08:21:35Z","version":"0.1.0","problems":[],"counters":{}}'
    assert msgspec.json.decode(old, type=Health).at is UNSET
    assert "at" not in json.loads(encode(health(at=UNSET)))


@pytest.fixture
def make_bus(mosquitto):
    buses = []

    def make(client):
        buses.append(Bus(Server.from_url(mosquitto.url), client, "test"))
        return buses[-1]

    yield make
    for bus in buses:
        bus.stop()


def test_a_main_loop_that_turns_is_heard_now_and_then_and_one_that_hangs_is_not(make_bus, monkeypatch):
    monkeypatch.setattr(own_health, "BEAT_S", 0.2)
    kiosk, watcher, heard = make_bus("kiosk-1"), make_bus("watcher"), []
    watcher.watch_raw(topics.health("kiosk-1"), lambda _topic, payload: heard.append(json.loads(payload)))
    for bus in (watcher, kiosk):
        bus.start()
    assert eventually(lambda: heard)
    assert "at" not in heard[0]
    assert eventually(lambda: kiosk.report([]) or len(heard) >= 4)  # its main loop, which reports at every turn
    beats = [health["at"] for health in heard[1:]]
    assert beats == sorted(set(beats))
    quiet = len(heard)
    kiosk.report([])  # within the same beat, and nothing new
    kiosk.report([Problem("printer", "paper out")])
    assert eventually(lambda: heard[-1]["status"] == "degraded")
    assert len(heard) <= quiet + 2


def test_a_wall_learns_that_the_broker_of_which_the_server_keeps_an_up_is_dead(mosquitto, make_bus, monkeypatch):
    monkeypatch.setattr(pulse, "SILENT_S", 0.5)
    monkeypatch.setattr("broker.contract.bus.LOOK_S", 0.1)
    dead, wall, told = make_bus("server"), make_bus("display-1"), []
    dead.start()
    assert eventually(lambda: dead.linked)
    dead.publish(topics.health("broker"), encode(health()), retain=True)
    wall.watch_pulse("broker", lambda health: told.append(health.status))
    wall.start()
    assert eventually(lambda: told == ["up", "down"])
    dead.publish(topics.health("broker"), encode(health()), retain=True)
    assert eventually(lambda: told[:3] == ["up", "down", "up"])


def test_what_is_wrong_with_the_computer_is_told_with_every_report(make_bus):
    wall, watcher, heard = make_bus("display-1"), make_bus("watcher"), []
    wall.watch_computer(lambda: [Problem("under_voltage", "too little voltage")])
    watcher.watch(topics.health("display-1"), Health, heard.append)
    for bus in (watcher, wall):
        bus.start()
    assert eventually(lambda: heard)
    wall.report([Problem("sound", "no sound card")])
    assert eventually(lambda: [problem.code for problem in heard[-1].problems] == ["sound", "under_voltage"])

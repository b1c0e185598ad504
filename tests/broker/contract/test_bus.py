"""The bus on a real Mosquitto: what it carries, what it refuses, and how it comes back."""

import json
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broker.contract import topics
from broker.contract.bus import BadServer, Bus, Server
from broker.contract.messages import Board, DeskRequest, Health, Problem, encode


def eventually(condition, timeout_s=8.0):
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.01)
    return False


@pytest.fixture
def make_bus(mosquitto):
    buses = []

    def make(client, **watched):
        bus = Bus(Server.from_url(mosquitto.url), client, "test")
        buses.append(bus)
        return bus

    yield make
    for bus in buses:
        bus.stop()


def test_a_request_reaches_the_broker_with_its_client_and_verb(make_bus):
    broker, desk, heard = make_bus("broker"), make_bus("desk-30"), []
    broker.watch_raw(topics.ALL_REQUESTS, lambda topic, payload: heard.append((topic, payload)))
    broker.start()
    desk.start()
    assert eventually(lambda: broker.linked and desk.linked)
    time.sleep(0.1)
    assert desk.ask("next", DeskRequest("r1", "30"))
    assert eventually(lambda: heard)
    assert heard == [("okienko/request/desk-30/next", b'{"request_id":"r1","desk":"30"}')]


def test_a_key_pressed_without_a_connection_is_dropped_and_never_sent_later(mosquitto, make_bus):
    broker, desk, heard = make_bus("broker"), make_bus("desk-30"), []
    broker.watch_raw(topics.ALL_REQUESTS, lambda topic, payload: heard.append(payload))
    broker.start()
    assert not desk.ask("next", DeskRequest("r1", "30"))
    desk.start()
    assert eventually(lambda: broker.linked and desk.linked)
    time.sleep(0.3)
    desk.ask("next", DeskRequest("r2", "30"))
    assert eventually(lambda: heard)
    assert heard == [b'{"request_id":"r2","desk":"30"}']


def test_a_kiosk_tells_the_room_when_it_speaks_and_whoever_cannot_speak_says_nothing_of_it(make_bus):
    kiosk, wall, heard = make_bus("kiosk-1"), make_bus("display-1"), []
    wall.watch_raw(topics.health("kiosk-1"), lambda _topic, payload: heard.append(json.loads(payload)))
    kiosk.start()
    wall.start()
    assert eventually(lambda: heard)
    assert "speaking" not in heard[0]
    for speaking in (True, True, False):
        kiosk.tell_speaking(speaking=speaking)
    assert eventually(lambda: len(heard) == 3)
    kiosk.report([Problem("printer", "no paper")])
    assert eventually(lambda: len(heard) == 4)
    assert [(health["speaking"], health["status"]) for health in heard[1:]] == [
        (True, "up"),
        (False, "up"),
        (False, "degraded"),
    ]


def test_a_bad_payload_and_a_failing_handler_stop_nothing(make_bus):
    speaker, wall, heard = make_bus("broker"), make_bus("display-1"), []

    def draw(board):
        heard.append(board)
        if len(heard) == 1:
            raise RuntimeError("a mistake in the drawing")

    wall.watch(topics.BOARD, Board, draw)
    wall.start()
    speaker.start()
    assert eventually(lambda: wall.linked and speaker.linked)
    time.sleep(0.1)
    board = encode(Board("2026-11-02", 1, [], []))
    for payload in (b"\xff\xfe", b"{", b"[" * 100_000, b'{"day":3}', board, board):
        speaker.publish(topics.BOARD, payload)
    assert eventually(lambda: len(heard) == 2)
    assert wall.bad_messages == 4
    assert wall.faults == 1


def test_a_device_that_dies_is_reported_down_by_its_last_will(mosquitto, make_bus):
    watcher, heard = make_bus("broker"), []
    watcher.watch(topics.health("kiosk-1"), Health, heard.append)
    watcher.start()
    kiosk = Bus(Server.from_url(mosquitto.url), "kiosk-1", "1.0")
    kiosk.start()
    assert eventually(lambda: [h.status for h in heard] == ["up"])
    kiosk.report([Problem("paper_out", "no paper", datetime.now(UTC))])
    assert eventually(lambda: [h.status for h in heard][-1:] == ["degraded"])
    kiosk._paho.socket().shutdown(2)
    assert eventually(lambda: "down" in [h.status for h in heard])
    assert eventually(lambda: heard[-1].status == "degraded"), "it came back and said the truth"
    kiosk.stop()
    assert eventually(lambda: heard[-1].status == "down")


def test_the_bus_comes_back_by_itself_after_mosquitto_was_killed(make_bus, mosquitto):
    wall, links = make_bus("display-1"), []
    wall.when_linked = links.append
    wall.start()
    assert eventually(lambda: links == [True])
    mosquitto._process.kill()
    mosquitto._process.wait()
    assert eventually(lambda: links == [True, False])
    mosquitto.mind()
    assert eventually(lambda: links == [True, False, True])


def test_two_walls_with_one_id_say_so_and_the_one_that_is_left_is_well_again(make_bus):
    watcher, heard = make_bus("broker"), []
    watcher.watch(topics.health("display-1"), Health, heard.append)
    watcher.start()
    first, copy = make_bus("display-1"), make_bus("display-1")
    first.start()
    copy.start()
    assert eventually(lambda: heard and "cut_off" in [problem.code for problem in heard[-1].problems], 20)
    copy.stop()

    def well():
        first.report([])
        return first.linked and heard[-1].status == "up"

    assert eventually(well, 20)


def test_the_broker_may_run_the_bus_in_its_own_loop(mosquitto, make_bus):
    broker, links, heard = make_bus("broker"), [], []
    broker.when_linked = links.append
    broker.watch_raw(topics.ALL_REQUESTS, lambda topic, payload: heard.append(threading.current_thread()))
    desk = make_bus("desk-30")
    desk.start()
    until = time.monotonic() + 8
    while time.monotonic() < until and not heard:
        broker.run_once(0.05)
        if links == [True] and desk.linked:
            desk.ask("next", DeskRequest("r1", "30"))
    assert heard[0] is threading.main_thread()
    mosquitto._process.kill()
    mosquitto._process.wait()
    while time.monotonic() < until and links != [True, False]:
        broker.run_once(0.05)
    mosquitto.mind()
    while time.monotonic() < until and links != [True, False, True]:
        broker.run_once(0.05)
    assert links == [True, False, True]


def test_mosquitto_dies_with_its_parent():
    import os
    import signal
    import subprocess
    import sys

    program = (
        "import time; from broker.mosquitto import PrivateMosquitto as P; m = P(); m.start();"
        "print(m.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    pid = int(parent.stdout.readline())
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()

    def gone():
        try:
            return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
        except FileNotFoundError:
            return True

    assert eventually(gone)


def test_a_request_that_somebody_retained_is_not_carried_out_when_the_broker_comes_back(make_bus):
    kiosk, broker, heard = make_bus("kiosk-1"), make_bus("broker"), []
    kiosk.start()
    assert eventually(lambda: kiosk.linked)
    kiosk.publish(topics.request("kiosk-1", "ticket"), b"old", retain=True)
    time.sleep(0.1)
    broker.watch_raw(topics.ALL_REQUESTS, lambda topic, payload: heard.append(payload))
    broker.start()

    def hears_the_new_one():
        kiosk.publish(topics.request("kiosk-1", "ticket"), b"new")
        return b"new" in heard

    assert eventually(hears_the_new_one)
    assert b"old" not in heard


def test_a_program_with_a_loop_of_its_own_says_down_when_it_ends(make_bus):
    wall, broker, heard = make_bus("display-1"), make_bus("broker"), []
    wall.watch(topics.health("broker"), Health, lambda health: heard.append(health.status))
    wall.start()

    def is_seen():
        broker.run_once(0.05)
        return "up" in heard

    assert eventually(is_seen)
    broker.stop()
    assert eventually(lambda: heard[-1] == "down")


@pytest.mark.parametrize("url", ["", "hall", "http://x", "mqtt://", "mqtt://h:0", "mqtt://h:x", "mqtt://h/path"])
def test_an_address_that_is_no_server_is_refused(url):
    with pytest.raises(BadServer, match="mqtt://127"):
        Server.from_url(url)


def test_an_address_may_carry_user_and_password():
    assert Server.from_url("mqtt://kiosk-1:p%40ss@10.0.0.2:1884") == Server("10.0.0.2", 1884, "kiosk-1", "p@ss")

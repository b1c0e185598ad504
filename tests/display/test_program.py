"""The real program against a real Mosquitto, with a broker that only publishes boards."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from broker.contract import topics
from broker.contract.bus import Bus, Server
from broker.contract.messages import Health, Reply, ShownRequest, encode
from tests.builders import board, call

# Stands for aplay: two lines for each announcement, so that two at a time would be seen; goes on while it is held.
PLAYER = """#!/bin/sh
echo begin >> "{log}"
sleep 0.3
while [ -e "{hold}" ]; do sleep 0.05; done
echo end >> "{log}"
"""


def eventually(condition, timeout_s=20.0):
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False


class FakeBroker:
    """Publishes boards and answers `shown`, as the broker would."""

    def __init__(self, url):
        self.confirmed, self.requests, self.health, self.drawn = [], [], [], []
        self.answering = True
        self.calls = []
        self._counted = self._seq = 0
        self._bus = Bus(Server.from_url(url), "broker", "test")
        self._bus.watch(topics.request("display-1", "shown"), ShownRequest, self._shown)
        self._bus.watch(topics.health("display-1"), Health, self.health.append)
        self._bus.start()
        assert eventually(lambda: self._bus.linked)

    def _shown(self, request):
        if not request.spoken:
            self.drawn.append(request.call)
            return
        self.requests.append(request)
        if self.answering:
            self.confirmed.append(request.call)
            self._bus.publish(topics.reply("display-1"), encode(Reply(request.request_id, ok=True)))

    def calls_to(self, *places, seconds_ago=0):
        for number, desk in places:
            called_at = datetime.now(UTC) - timedelta(seconds=seconds_ago)
            self._counted += 1
            self.calls.insert(0, replace(call(number, desk, self._counted), called_at=called_at))
        self.publish()

    def undo(self, number):
        self.calls = [call for call in self.calls if call.number != number]
        self.publish()

    def publish(self):
        self._seq += 1
        self._bus.publish(topics.BOARD, encode(board(*self.calls[:12], seq=self._seq)), retain=True)

    def publish_raw(self, *payloads):
        for payload in payloads:
            self._bus.publish(topics.BOARD, payload)

    def stop(self):
        self._bus.stop()


class WallProgram:
    """`python -m display` as a process of its own."""

    def __init__(self, url, folder):
        self.folder = folder
        player = folder / "player"
        self.hold = folder / "hold"
        player.write_text(PLAYER.format(log=folder / "played", hold=self.hold))
        player.chmod(0o755)
        options = {"width": 960, "height": 540, "reading-s": 0.4, "mqtt": url, "player": player}
        options |= {"state": folder / "state", "pictures": folder / "pictures", "announcements": folder / "calls.jsonl"}
        self._command = [sys.executable, "-m", "display"]
        self._command += [word for name, value in options.items() for word in (f"--{name}", str(value))]
        self._process = None
        self._scratch = folder / "scratch"
        self._scratch.mkdir()

    def start(self):
        environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "KIVY_HOME")}
        environment |= {"SDL_VIDEODRIVER": "offscreen", "TMPDIR": str(self._scratch)}
        self._process = subprocess.Popen(self._command, env=environment)

    def end(self, number):
        self._process.send_signal(number)
        return self._process.wait(10)

    def announced(self):
        path = self.folder / "calls.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def numbers(self):
        return [line["call"] for line in self.announced()]

    def played(self):
        path = self.folder / "played"
        return path.read_text().split() if path.exists() else []

    def left_behind(self):
        return list(self._scratch.iterdir())

    def pictures(self):
        return sorted(path.name for path in (self.folder / "pictures").glob("[0-9]*.png"))


@pytest.fixture
def hall(mosquitto):
    broker = FakeBroker(mosquitto.url)
    yield broker
    broker.stop()


@pytest.fixture
def program(mosquitto, tmp_path):
    one = WallProgram(mosquitto.url, tmp_path)
    yield one
    if one._process is not None and one._process.poll() is None:
        one._process.kill()
        one._process.wait()


def test_every_call_is_announced_once_and_confirmed_though_the_wall_is_killed_again_and_again(hall, program):
    hall.calls_to(("D001", "26"), ("D002", "27"), seconds_ago=300)
    program.start()
    assert eventually(lambda: hall.confirmed == [1, 2])
    assert [line["spoken"] for line in program.announced()] == [False, False]
    hall.calls_to(("A003", "9"), ("K112", "7"), ("T008", "p3"))
    assert eventually(lambda: hall.drawn == [1, 2, 3, 4, 5]), "all are seen at once, though one speaks after the other"
    assert 5 not in hall.confirmed
    assert eventually(lambda: 3 in program.numbers())
    program.end(signal.SIGKILL)
    program.start()
    assert eventually(lambda: 4 in program.numbers())
    program.end(signal.SIGKILL)
    hall.calls_to(("E031", "30"))
    program.start()
    assert eventually(lambda: set(hall.confirmed) == {1, 2, 3, 4, 5, 6})
    assert program.numbers() == [1, 2, 3, 4, 5, 6]
    assert len({request.request_id for request in hall.requests}) == 6, "whoever is killed before the answer asks again"
    assert program.announced()[4]["text"] == "Numer T osiem, pokój trzy."
    assert eventually(lambda: program.played()[-2:] == ["begin", "end"])
    # By a clock that is an hour behind; and still it is spoken, because it is heard as it happens.
    hall.calls_to(("B002", "20"), seconds_ago=3600)
    assert eventually(lambda: 7 in hall.confirmed)
    assert program.announced()[6]["spoken"]
    assert eventually(lambda: len(program.pictures()) >= 2)
    assert program.end(signal.SIGTERM) == 0
    assert eventually(lambda: hall.health[-1].status == "down")
    assert program.left_behind() == []


def test_a_call_that_a_clerk_takes_back_is_spoken_no_further_and_the_next_one_is(hall, program):
    program.start()
    hall.calls_to(("D001", "26"))
    assert eventually(lambda: hall.confirmed == [1])
    program.hold.touch()
    hall.calls_to(("A003", "9"), ("K112", "7"), ("T008", "p3"))
    assert eventually(lambda: program.played().count("begin") == 2)
    hall.undo("K112")
    hall.undo("A003")
    assert eventually(lambda: program.played() == ["begin", "end", "begin", "begin"]), "cut off; and the next begins"
    hall.undo("T008")
    hall.calls_to(("E031", "30"))
    assert eventually(lambda: program.played().count("begin") == 4)
    program.hold.unlink()
    assert eventually(lambda: hall.confirmed == [1, 5])
    assert program.numbers() == [1, 2, 4, 5]
    assert program.played() == ["begin", "end", "begin", "begin", "begin", "end"]
    assert {request.call for request in hall.requests} == {1, 5}
    assert hall.health[-1].status == "up", "silence is no fault of the sound"
    assert hall.health[-1].shows_calls is True


def test_a_wall_alone_waits_calmly_and_draws_the_board_when_the_server_comes(tmp_path, mosquitto):
    mosquitto._process.terminate()
    mosquitto._process.wait()
    program = WallProgram(mosquitto.url, tmp_path)
    program.start()
    try:
        mosquitto.mind()
        hall = FakeBroker(mosquitto.url)
        hall.answering = False
        hall.calls_to(("D001", "26"))
        assert eventually(lambda: len({request.request_id for request in hall.requests}) == 1 < len(hall.requests))
        assert program.played() == ["begin", "end"]
        hall.publish_raw(encode(board(*hall.calls)).replace(b"Z", b"").replace(b"+00:00", b""), b"{", b"\xff")
        hall.answering = True
        assert eventually(lambda: hall.confirmed == [1])
        assert eventually(lambda: hall.health[-1].counters == {"bad_messages": 2, "faults": 1})
        assert hall.health[-1].status == "up"
        assert program.end(signal.SIGTERM) == 0
        hall.stop()
    finally:
        if program._process.poll() is None:
            program.end(signal.SIGKILL)

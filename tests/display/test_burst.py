"""Twenty clerks press NEXT within a second, and the wall is killed in the middle of it: the real program."""

import signal
from datetime import UTC, datetime, timedelta
from functools import partial

import msgspec
import pytest

from broker.contract import topics
from broker.contract.messages import Desk, encode
from display.announcements import Memory
from tests import clients
from tests.builders import sample, ticket
from tests.display.test_program import FakeBroker, WallProgram

# Whatever else this computer does meanwhile.
eventually = partial(clients.eventually, timeout_s=90)
pytestmark = pytest.mark.timeout(400)

DESKS = [desk["id"] for desk in sample()["desk"]][:20]
PLAYER = '#!/bin/sh\necho begin >> "{log}"\necho end >> "{log}"\n'


@pytest.fixture
def hall(mosquitto):
    broker = FakeBroker(mosquitto.url)
    yield broker
    broker.stop()


@pytest.fixture
def wall(mosquitto, tmp_path):
    program = WallProgram(mosquitto.url, tmp_path)
    player = tmp_path / "quick-player"
    player.write_text(PLAYER.format(log=tmp_path / "played"))
    player.chmod(0o755)
    program._command += ["--player", str(player), "--reading-s", "0.05"]
    yield program
    if program._process is not None and program._process.poll() is None:
        program.end(signal.SIGKILL)


def remembered(wall):
    path = wall.folder / "state" / "display-1.json"
    return msgspec.json.decode(path.read_bytes(), type=Memory) if path.exists() else Memory()


def known(wall):
    memory = remembered(wall)
    return memory.call + len(memory.queue)


def test_twenty_calls_within_a_second_are_each_announced_once_and_in_order_though_the_wall_is_killed(hall, wall):
    hall.publish()
    wall._command += ["--reading-s", "30"]  # the first of them is on air until the kill
    wall.start()
    assert eventually(lambda: hall.health and hall.health[-1].status != "down")
    for at, desk in enumerate(DESKS[:10]):
        hall.calls_to((f"A{at + 1:03}", desk))
    assert eventually(lambda: known(wall) == len(hall.drawn) == 10)
    wall.end(signal.SIGKILL)
    for at, desk in enumerate(DESKS[10:], 10):
        hall.calls_to((f"A{at + 1:03}", desk))
    assert {call.call for call in hall.calls[:12]} == set(range(9, 21)), "the board has room for no more"
    del wall._command[-2:]
    wall.start()
    assert eventually(lambda: set(hall.confirmed) == set(range(1, 21)))
    assert wall.numbers() == list(range(1, 21)), "each once, in order"
    assert all(line["spoken"] for line in wall.announced())
    assert set(hall.drawn) == set(hall.confirmed) == set(range(1, 21)), "each shown"
    assert len({request.request_id for request in hall.requests}) == 20, "told again only where the answer was late"
    assert remembered(wall).queue == ()
    # The first was cut off by the kill and is not said again.
    assert eventually(lambda: wall.played().count("end") >= 19)
    assert wall.played().count("begin") <= 20


def test_a_wall_that_was_off_for_a_minute_announces_what_it_had_queued_in_silence(hall, wall):
    long_ago = datetime.now(UTC) - timedelta(seconds=90)
    hall.calls_to(("A001", "1"), ("A002", "2"), ("A003", "3"), seconds_ago=90)
    memory = Memory("2026-11-23", 1, long_ago, (), ())
    queue = [{"call": msgspec.to_builtins(call), "speak": True} for call in hall.calls[1::-1]]
    path = wall.folder / "state" / "display-1.json"
    path.parent.mkdir()
    path.write_bytes(encode(msgspec.to_builtins(memory) | {"queue": queue}))
    wall.start()
    assert eventually(lambda: sorted(hall.confirmed) == [2, 3])
    assert [(line["call"], line["spoken"]) for line in wall.announced()] == [(2, False), (3, False)]
    assert wall.played() == []


def test_a_small_display_over_a_desk_announces_only_the_calls_to_it(hall, wall):
    config = wall.folder / "display.toml"
    config.write_text('kind = "desk"\ndesks = ["26"]\n')
    wall._command += ["--config", str(config)]
    state = Desk("26", "calling", 0, ticket("D017"), label={"pl": "Stanowisko 26"})
    hall._bus.publish(topics.desk("26"), encode(state), retain=True)
    hall.calls_to(("A001", "1"), ("D017", "26"), ("A002", "2"))
    wall.start()
    assert eventually(lambda: hall.confirmed == [2])
    hall.calls_to(("A003", "3"), ("D018", "26"))
    assert eventually(lambda: hall.confirmed == [2, 5])
    assert wall.numbers() == [2, 5]
    assert eventually(wall.pictures)

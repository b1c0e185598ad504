"""A million payloads that no program of the hall would send, to the broker and to what the devices decide."""

import logging
import random

import pytest

from tests.broker.conftest import Hallway
from tests.strange_hall import StrangeRequests, StrangeStates

PARTS = 10
TO_THE_BROKER, TO_DEVICES = 600_000 // PARTS, 400_000 // PARTS
PORTION = 5_000
RESTART_EVERY = 20_000

pytestmark = pytest.mark.proof


@pytest.fixture
def quiet():
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def hallway(tmp_path):
    hallway = Hallway(f"sqlite:///{tmp_path / 'hall.db'}").start()
    yield hallway
    hallway.stop()


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("part", range(PARTS))
def test_a_million_strange_messages_crash_nothing(hallway, report, part):
    strangers, states = StrangeRequests(hallway, random.Random(part)), StrangeStates(random.Random(-part - 1))
    while strangers.sent < TO_THE_BROKER:
        strangers.send(PORTION)
        assert hallway.service._faults == 0
        hallway.passes(minutes=5)
        if strangers.sent % RESTART_EVERY == 0:
            hallway.start()  # what was stored meanwhile is read again, and makes the same hall
    while states.sent < TO_DEVICES:
        states.send(PORTION)
    assert hallway.ask("ticket", category="id-cards", client="kiosk-1").get("ok") is not None
    report(
        f"strange messages, part {part + 1} of {PARTS}: {strangers.sent} to the broker, "
        f"answered {dict(strangers.codes.most_common())}; "
        f"{states.sent} to kiosk, wall and desk, {states.bus.bad_messages} not understood, "
        f"understood {dict(states.understood)}; crashes 0"
    )

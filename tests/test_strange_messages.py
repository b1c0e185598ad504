"""Whatever arrives, nothing crashes: some thousand payloads here, a million in the proof."""

import logging
import random

import pytest

from tests.broker.conftest import Hallway
from tests.strange_hall import StrangeRequests, StrangeStates


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def hallway(tmp_path):
    hallway = Hallway(f"sqlite:///{tmp_path / 'hall.db'}").start()
    yield hallway
    hallway.stop()


def test_the_broker_goes_on_whatever_it_is_asked(hallway):
    strangers = StrangeRequests(hallway, random.Random(5))
    strangers.send(4000)
    assert hallway.service._faults == 0
    assert strangers.codes["bad_request"] > 100, "answered where an id could be read"
    assert strangers.codes["ok"] > 20, "some of them were honest after all"
    assert hallway.ask("ticket", category="id-cards")["ok"]


def test_kiosk_wall_and_desk_go_on_whatever_they_are_told():
    states = StrangeStates(random.Random(5))
    states.send(4000)
    assert states.bus.bad_messages > 1000
    assert all(states.understood[kind] > 20 for kind in ("menu", "board", "desk", "health", "reply"))

"""A real Mosquitto for every test that wants one."""

import pytest

from broker.mosquitto import PrivateMosquitto


@pytest.fixture
def mosquitto():
    server = PrivateMosquitto()
    server.start()
    yield server
    server.stop()

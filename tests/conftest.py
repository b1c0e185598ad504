"""A real Mosquitto for every test that wants one."""

import pytest

from broker.mosquitto import PrivateMosquitto
from tests.guarded_mosquitto import GuardedMosquitto
from tests.own_network import own_network


@pytest.fixture
def mosquitto():
    server = PrivateMosquitto()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def alone():
    """Be in a network of one's own: to be asked for before any server."""
    with own_network():
        yield


@pytest.fixture
def guarded(tmp_path):
    """Mosquitto as an installation has it: accounts, rights, certificates."""
    folder = tmp_path / "guarded"
    folder.mkdir()
    server = GuardedMosquitto(folder).install().start()
    yield server
    server.stop()

"""The real broker on a real Mosquitto, ended with the test."""

import pytest

from broker.mosquitto import PrivateMosquitto
from tests.display.conftest import wall, window  # noqa: F401 - to draw what ought to be seen
from tests.kiosk.conftest import glass, kiosk_window  # noqa: F401
from tests.running_broker import RunningBroker


@pytest.fixture
def make_broker(tmp_path, mosquitto):
    """Make brokers that are not started yet; they share one Mosquitto unless they are told otherwise."""
    brokers = []

    def make(mqtt=mosquitto.url, name="office", **options):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        broker = RunningBroker(folder, mqtt, **options)
        brokers.append(broker)
        return broker

    yield make
    for broker in brokers:
        broker.close()


@pytest.fixture
def embedded():
    """Return an address for `--mqtt` on which the broker starts a Mosquitto of its own."""
    return f"embedded:{PrivateMosquitto().port}"


@pytest.fixture
def desk(hall):
    """Return a function that opens a desk of the hall from a terminal of its own, and closes it after the test."""
    opened = []

    def open_desk(desk_id, name=None):
        terminal = hall.client(name or f"desk-{desk_id}")
        assert terminal.ask("open", desk=desk_id)["ok"]
        opened.append((terminal, desk_id))
        return terminal

    yield open_desk
    for terminal, desk_id in opened:
        assert terminal.ask("close", desk=desk_id)["ok"]
        terminal.stop()


@pytest.fixture
def kiosk(hall):
    """Return a kiosk of the hall."""
    kiosk = hall.client("kiosk-1")
    yield kiosk
    kiosk.stop()

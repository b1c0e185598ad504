"""A row of desks behind one address, as a hall's rules for the kernel see it."""

import pytest

from broker.contract import credentials, topics
from broker.contract.bus import Bus
from broker.contract.server import Server
from broker.network import hall_limits
from tests.clients import eventually
from tests.own_network import load, missing, shut_out

NOT_HERE = missing()
pytestmark = pytest.mark.skipif(bool(NOT_HERE), reason=NOT_HERE)
DESKS = [f"desk-{number}" for number in range(1, 17)]
LONG_MENU = bytes(255_000)


@pytest.fixture
def row(alone, guarded):
    """The server of a hall, sixteen programs of one machine, and how often each has heard the menu."""
    heard = dict.fromkeys(DESKS, 0)
    buses = []
    for desk in DESKS:
        assert guarded.device("add", desk, "--here") == 0
    kept = credentials.kept(guarded.credentials)
    for desk in DESKS:
        server = Server("127.0.0.1", guarded.hall_port, desk, kept[desk].password, tls=True, ca=guarded.ca)
        bus = Bus(server, desk, "test")
        bus.watch_raw(topics.MENU, lambda _topic, _payload, desk=desk: heard.update({desk: heard[desk] + 1}))
        buses.append(bus)
    load(guarded.mosquitto / hall_limits.FILE)
    yield guarded, buses, heard
    for bus in buses:
        bus.stop()


def test_a_whole_row_of_desks_finds_its_server_again_and_nobody_is_shut_out(row):
    guarded, desks, heard = row
    broker = Bus(credentials.server_for(guarded.url, topics.BROKER, str(guarded.credentials)), topics.BROKER, "test")
    broker.start()
    assert eventually(lambda: broker.linked)
    assert broker.publish(topics.MENU, LONG_MENU, retain=True)
    for bus in desks:
        bus.start()
    assert eventually(lambda: all(heard.values()), 60)
    guarded.stop()
    assert eventually(lambda: not any(bus.linked for bus in desks))
    guarded.start()
    assert eventually(lambda: all(times >= 2 for times in heard.values()), 60)
    assert shut_out() == {}
    broker.stop()

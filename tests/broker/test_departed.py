"""A desk that left office.toml leaves the MQTT server too: on a real Mosquitto, with the real broker."""

import pytest

from broker.contract import topics
from broker.contract.bus import Bus, Server
from broker.contract.messages import Desk, encode
from broker.departed import Departed
from tests.builders import SAMPLE_OFFICE
from tests.clients import Client, eventually
from tests.running_broker import RunningBroker


@pytest.fixture
def hearer(mosquitto):
    """Return what a device that comes later is told of every desk: its topics."""
    clients = []

    def told():
        client = Client(mosquitto.url, f"later-{len(clients)}").watch(topics.desk("+"))
        clients.append(client)
        client.start()
        eventually(lambda: topics.desk("30") in client.states)
        return set(client.states)

    yield told
    for client in clients:
        client.stop()


def test_a_desk_that_left_the_office_is_kept_by_no_server(tmp_path, mosquitto, hearer):
    broker = RunningBroker(tmp_path, mosquitto.url).start().ready()
    office = SAMPLE_OFFICE.read_text(encoding="utf-8")
    try:
        assert eventually(lambda: topics.desk("9") in hearer())
        assert broker.stop() == 0
        broker.office.write_text(office.replace('id = "9"', 'id = "99"'), encoding="utf-8")
        broker.start().ready()
        assert eventually(lambda: topics.desk("99") in hearer())
        assert eventually(lambda: topics.desk("9") not in hearer())
    finally:
        broker.close()
    assert topics.desk("30") in hearer(), "the others are told as ever"


def test_of_the_desks_the_broker_hears_only_what_was_kept_before(mosquitto):
    old, new = (Bus(Server.from_url(mosquitto.url), topics.BROKER, "test") for _ in range(2))
    departed, heard = Departed(new, lambda: {"1", "2"}), []

    def hear(topic, payload):
        heard.append(topic)
        departed.hear(topic, payload)

    new.watch_raw(topics.ALL_DESKS, hear)
    old.start()
    assert eventually(lambda: old.linked)
    for desk in ("1", "9"):
        assert old.publish(topics.desk(desk), encode(Desk(desk, "free", 0)), retain=True)
    old.stop()
    new.start()
    assert eventually(lambda: sorted(heard) == [topics.desk("1"), topics.desk("9")])
    assert new.publish(topics.desk("2"), encode(Desk("2", "free", 0)), retain=True)
    later = Client(mosquitto.url, "later").watch(topics.desk("+"))
    later.start()
    try:
        assert eventually(lambda: set(later.states) == {topics.desk("1"), topics.desk("2")})
        assert len(heard) == 2, "what it tells itself, and what it takes away, does not come back to it"
    finally:
        later.stop()
        new.stop()

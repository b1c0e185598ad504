"""What Home Assistant finds on the MQTT server, and where each of its entities looks."""

import re

import pytest

from broker.contract import topics
from broker.domain.office_file import office_from_toml
from broker.home_assistant import TELL_AGAIN_S, HomeAssistant, configs_of
from tests.broker.conftest import SAMPLE
from tests.clients import Client, eventually
from tests.running_broker import RunningBroker

# Of the documentation of the MQTT integration: what a binary sensor and a sensor may have, as far as we use any.
KNOWN = {
    *("name", "unique_id", "device_class", "entity_category", "state_topic", "value_template", "json_attributes_topic"),
    *("device", "origin", "state_class", "icon", "availability_topic", "availability_template"),
}


@pytest.fixture
def office():
    return office_from_toml(SAMPLE, "office.toml")


def test_every_config_has_a_topic_an_id_and_keys_that_home_assistant_knows(office):
    found = [*configs_of("broker", office), *configs_of("kiosk-1.left", office)]
    for topic, config in found:
        assert re.fullmatch(r"homeassistant/(binary_sensor|sensor)/okienko_[a-zA-Z0-9_-]+/config", topic)
        assert set(config) <= KNOWN
        assert topic.split("/")[2] == config["unique_id"]
    assert len({config["unique_id"] for _, config in found}) == len(found) == 3 + len(office.categories)


def test_the_problem_of_a_device_follows_its_health(office):
    ((topic, config),) = configs_of("kiosk-1", office)
    assert topic == "homeassistant/binary_sensor/okienko_kiosk-1_problem/config"
    assert config["device_class"] == "problem"
    assert config["state_topic"] == config["json_attributes_topic"] == topics.health("kiosk-1")
    assert config["device"]["name"] == "Okienko kiosk-1"


def test_how_many_wait_is_read_from_the_board(office):
    configs = dict(configs_of("broker", office))
    one = configs["homeassistant/sensor/okienko_waiting_id-cards/config"]
    assert (one["name"], one["state_topic"]) == ("Czeka: Dowody osobiste", topics.BOARD)
    assert one["value_template"] == (
        "{{ value_json.waiting | selectattr('category', 'eq', 'id-cards') | map(attribute='waiting')"
        " | first | default(0) }}"
    )
    everybody = configs["homeassistant/sensor/okienko_waiting/config"]
    assert everybody["value_template"] == "{{ value_json.waiting | sum(attribute='waiting') }}"


def test_a_device_is_told_once_in_ten_minutes_and_again_where_the_server_was_gone(office):
    seconds, told, there = [0.0], [], [False]

    def publish(topic, _payload):
        told.append(topic)
        return there[0]

    teller = HomeAssistant(office, publish, lambda: seconds[0])
    for seconds[0], there[0] in ((0.0, False), (1.0, True), (2.0, True), (TELL_AGAIN_S + 1.0, True)):
        teller.hear_health("okienko/health/kiosk-1", b"{}")
    assert len(told) == 3


def test_a_broker_that_is_told_to_tells_home_assistant_of_the_hall(tmp_path, mosquitto):
    broker = RunningBroker(tmp_path, mosquitto.url, **{"home-assistant": "true"})
    home = Client(mosquitto.url, "home").watch("homeassistant/#").start()
    try:
        broker.start()
        broker.client("kiosk-1")
        assert eventually(lambda: "homeassistant/binary_sensor/okienko_kiosk-1_problem/config" in home.states, 60)
        assert eventually(lambda: "homeassistant/sensor/okienko_waiting_fees/config" in home.states, 60)
    finally:
        home.stop()
        broker.close()

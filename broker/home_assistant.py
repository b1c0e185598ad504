"""Tells Home Assistant by its MQTT discovery what there is to watch: each device's health, and how many wait.

Every entity is a retained config under `homeassistant/`, which leads to a topic of the contract; nothing is published
twice, and Home Assistant may do nothing but look.
Source: https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery
"""

import re
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any

import msgspec

from broker.contract import topics
from broker.domain.office import Category, Office

PREFIX = "homeassistant"
# A server that was started anew may have forgotten.
TELL_AGAIN_S = 600.0
_ORIGIN = {"name": "Okienko", "sw_version": version("okienko")}
_WORDS = {"pl": {"waiting": "Czeka", "problem": "Usterka"}, "en": {"waiting": "Waiting", "problem": "Problem"}}

Config = dict[str, Any]


class HomeAssistant:
    """Follows who is in the hall, and tells of each once in a while; `publish` retains."""

    def __init__(
        self, office: Office, publish: Callable[[str, bytes], bool], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._office = office
        self._publish = publish
        self._clock = clock
        self._told: dict[str, float] = {}

    def hear_health(self, topic: str, _payload: bytes) -> None:
        """Take note of a device that tells of itself."""
        client, now = topic.rpartition("/")[2], self._clock()
        if now - self._told.get(client, -TELL_AGAIN_S) < TELL_AGAIN_S:
            return
        configs = configs_of(client, self._office)
        if all(self._publish(topic, msgspec.json.encode(config)) for topic, config in configs):
            self._told[client] = now


def configs_of(client: str, office: Office) -> Iterator[tuple[str, Config]]:
    """Yield the topic and the content of each config for one client: the broker's health brings the queues with it."""
    words = _WORDS["pl" if office.languages[0] == "pl" else "en"]
    yield _problem(client, words["problem"], office)
    if client == topics.BROKER:
        yield _waiting("waiting", words["waiting"], "{{ value_json.waiting | sum(attribute='waiting') }}", office)
        for category in office.categories.values():
            name = f"{words['waiting']}: {_said(category, office)}"
            yield _waiting(f"waiting_{category.id}", name, _of_category(category), office)


def _problem(client: str, name: str, office: Office) -> tuple[str, Config]:
    health = topics.health(client)
    return _topic("binary_sensor", f"{client}_problem"), {
        "name": name,
        "unique_id": _id(f"{client}_problem"),
        "device_class": "problem",
        "entity_category": "diagnostic",
        "state_topic": health,
        "value_template": "{{ 'OFF' if value_json.status == 'up' else 'ON' }}",
        "json_attributes_topic": health,
        "device": _device(client, office),
        "origin": _ORIGIN,
    }


def _waiting(what: str, name: str, template: str, office: Office) -> tuple[str, Config]:
    return _topic("sensor", what), {
        "name": name,
        "unique_id": _id(what),
        "state_class": "measurement",
        "icon": "mdi:human-queue",
        "state_topic": topics.BOARD,
        "value_template": template,
        "availability_topic": topics.health(topics.BROKER),
        "availability_template": "{{ 'offline' if value_json.status == 'down' else 'online' }}",
        "device": _device(topics.BROKER, office),
        "origin": _ORIGIN,
    }


def _of_category(category: Category) -> str:
    of_it = f"selectattr('category', 'eq', '{category.id}') | map(attribute='waiting')"
    return f"{{{{ value_json.waiting | {of_it} | first | default(0) }}}}"


def _device(client: str, office: Office) -> Config:
    place = office.name[office.languages[0]]
    return {"identifiers": [_id(client)], "name": f"Okienko {client}", "manufacturer": "Okienko", "model": place}


def _topic(component: str, what: str) -> str:
    return f"{PREFIX}/{component}/{_id(what)}/config"


def _id(what: str) -> str:
    """Return a name of our own in the letters that Home Assistant allows."""
    return f"okienko_{re.sub(r'[^a-zA-Z0-9_-]', '_', what)}"


def _said(category: Category, office: Office) -> str:
    return category.name[office.languages[0]]

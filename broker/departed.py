"""Desks that left office.toml: what the MQTT server keeps of them is taken away, so that nobody believes it."""

import logging
from collections.abc import Callable, Container

from broker.contract import topics
from broker.contract.bus import Bus

log = logging.getLogger(__name__)


class Departed:
    """Answers what was kept of a desk that the office does not have with an empty payload, which ends the keeping."""

    def __init__(self, bus: Bus, desks: Callable[[], Container[str]]) -> None:
        self._bus = bus
        self._desks = desks

    def hear(self, topic: str, payload: bytes) -> None:
        """Take away what the server keeps of a desk, if the office has no such desk."""
        desk_id = topic.removeprefix(topics.desk(""))
        if payload and desk_id not in self._desks():
            log.info("desk %s is not in the office any more: its state is taken away", desk_id[:64])
            self._bus.publish(topic, b"", retain=True)

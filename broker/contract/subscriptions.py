"""What a program hears on the hall's MQTT: the topics that it watches, and what becomes of each message."""

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import msgspec

from . import connection
from .messages import MAX_STATE_BYTES

log = logging.getLogger(__name__)

T = TypeVar("T")
Hear = Callable[[str, bytes], None]


class Subscriptions:
    """The watched topics, each with what hears it; some may be narrowed to fewer that match them."""

    def __init__(self) -> None:
        self.bad_messages = 0
        self._watched: dict[str, Hear] = {}
        self._narrowed: Mapping[str, frozenset[str]] = {}

    def watch(
        self, topic: str, kind: type[T], handler: Callable[[T], None], gone: Callable[[str], None] | None
    ) -> None:
        """Give `handler` every message on `topic`; a payload that is no `kind` is logged and counted.

        Where `gone` is given it gets the topic of an empty payload: nothing is retained there any more.
        """
        decoder = msgspec.json.Decoder(kind)

        def decode(topic: str, payload: bytes) -> None:
            if gone is not None and not payload:
                gone(topic)
                return
            try:
                message = decoder.decode(_bounded(payload))
            except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
                self.bad_messages += 1
                log.warning("%s: not understood: %s", topic, error)
                return
            handler(message)

        self._watched[topic] = decode

    def watch_raw(self, topic: str, handler: Hear) -> None:
        """Give `handler` the topic and the bytes of every message that matches `topic`."""
        self._watched[topic] = handler

    @property
    def topics(self) -> frozenset[str]:
        """Return every topic to subscribe to."""
        return frozenset().union(*(self._narrowed.get(watched, {watched}) for watched in self._watched))

    def narrow(self, narrowed: Mapping[str, frozenset[str]]) -> tuple[frozenset[str], frozenset[str]]:
        """Hear these instead of what they stand for; return what is to be subscribed to now, and what no longer."""
        before, self._narrowed = self.topics, narrowed
        return self.topics - before, before - self.topics

    def hearing(self, topic: str) -> Iterator[Hear]:
        """Yield what hears a message on a topic."""
        for watched, handler in self._watched.items():
            if connection.matches(watched, topic):
                yield handler


def _bounded(payload: bytes) -> bytes:
    """Return a payload that is worth decoding."""
    if len(payload) > MAX_STATE_BYTES:
        raise msgspec.ValidationError(f"{len(payload)} bytes; a message has at most {MAX_STATE_BYTES}")
    return payload

"""What left the broker and when, read from the bytes that it gave to the network: MQTT 5, as far as it publishes."""

import json
from dataclasses import dataclass

from broker.contract import topics

PUBLISH = 3


@dataclass(frozen=True)
class Said:
    """A message whose last byte left with the recording's `number`th operation."""

    number: int
    topic: str
    payload: bytes

    @property
    def client(self):
        """Return whom it answers, or None."""
        name = self.topic.removeprefix(topics.reply(""))
        return None if name == self.topic else name

    @property
    def told(self):
        return json.loads(self.payload)


def said(operations):
    """Return all that was published, in order."""
    streams, found = {}, []
    for number, operation in enumerate(operations):
        if operation.kind == "process":
            streams.clear()
        elif operation.kind == "close":
            streams.pop(operation.file, None)
        elif operation.kind == "network":
            stream = streams.setdefault(operation.file, bytearray())
            stream += operation.data
            found += [Said(number, *message) for message in _published(stream)]
    return found


def _published(stream):
    """Take all whole packets from a stream, and yield topic and payload of those that publish."""
    while packet := _whole_packet(stream):
        kind, flags, body = packet
        if kind == PUBLISH:
            length = int.from_bytes(body[:2])
            topic, rest = body[2 : 2 + length].decode(), body[2 + length :]
            rest = rest[2:] if flags & 0b0110 else rest
            properties, size = _number(rest)
            yield topic, bytes(rest[properties + size :])


def _whole_packet(stream):
    length, size = _number(stream[1:])
    end = 1 + size + length
    if not size or len(stream) < end:
        return None
    first, body = stream[0], bytes(stream[1 + size : end])
    del stream[:end]
    return first >> 4, first & 0b1111, body


def _number(data):
    """Return a number of variable length and how many bytes it takes; none while it is not whole."""
    value = 0
    for at, byte in enumerate(data[:4]):
        value |= (byte & 0x7F) << 7 * at
        if byte < 0x80:
            return value, at + 1
    return 0, 0

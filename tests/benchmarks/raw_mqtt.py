"""The least that speaks MQTT 5 over a socket, so that the floor of a figure is the server's and not a library's."""

import socket
import struct

CONNECT, PUBLISH, PUBACK, SUBSCRIBE = 0x10, 0x30, 0x40, 0x82


class RawClient:
    """One blocking connection; QoS 1 both ways, acknowledged as the standard wants."""

    def __init__(self, port: int, client: str, *topics: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), 10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = bytearray()
        self._packet_id = 0
        self._send(CONNECT, _text("MQTT") + bytes([5, 2]) + struct.pack(">H", 0) + b"\0" + _text(client))
        self._packet()
        for topic in topics:
            self.subscribe(topic)

    def subscribe(self, topic: str) -> None:
        self._send(SUBSCRIBE, self._next_id() + b"\0" + _text(topic) + b"\1")
        while self._packet()[0] & 0xF0 != 0x90:
            pass

    def publish(self, topic: str, payload: bytes) -> None:
        self._send(PUBLISH | 2, _text(topic) + self._next_id() + b"\0" + payload)

    def receive(self) -> tuple[str, bytes]:
        """Wait for the next message, acknowledge it, and return its topic and payload."""
        while True:
            kind, body = self._packet()
            if kind & 0xF0 != PUBLISH:
                continue
            end = 2 + struct.unpack_from(">H", body)[0]
            topic, rest = body[2:end].decode(), body[end:]
            if kind & 0x06:
                self._send(PUBACK, rest[:2])
                rest = rest[2:]
            # A length of properties; ours and Mosquitto's are short.
            return topic, bytes(rest[1 + rest[0] :])

    def receive_on(self, topic: str) -> bytes:
        """Wait for the next message on one topic; others are passed over."""
        while True:
            arrived, payload = self.receive()
            if arrived == topic:
                return payload

    def drain(self, quiet_s: float) -> None:
        """Read until nothing has come for a while."""
        self.socket.settimeout(quiet_s)
        try:
            while True:
                self.receive()
        except TimeoutError:
            self.socket.settimeout(10)

    def close(self) -> None:
        self.socket.close()

    def _next_id(self) -> bytes:
        self._packet_id = self._packet_id % 65535 + 1
        return struct.pack(">H", self._packet_id)

    def _send(self, kind: int, body: bytes) -> None:
        self.socket.sendall(bytes([kind]) + _length(len(body)) + body)

    def _packet(self) -> tuple[int, bytes]:
        while True:
            if packet := self._take():
                return packet
            data = self.socket.recv(65536)
            if not data:
                raise ConnectionError("the server closed the connection")
            self._buffer += data

    def _take(self) -> tuple[int, bytes] | None:
        length, shift, at = 0, 0, 1
        while at < len(self._buffer):
            length |= (self._buffer[at] & 127) << shift
            shift, at = shift + 7, at + 1
            if not self._buffer[at - 1] & 128:
                break
        else:
            return None
        if len(self._buffer) < at + length:
            return None
        kind, body = self._buffer[0], bytes(self._buffer[at : at + length])
        del self._buffer[: at + length]
        return kind, body


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack(">H", len(data)) + data


def _length(length: int) -> bytes:
    out = bytearray()
    while True:
        length, digit = length >> 7, length & 127
        out.append(digit | (128 if length else 0))
        if not length:
            return bytes(out)

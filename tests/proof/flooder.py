"""A device that was taken over: sends what costs the server most over TLS, as fast as that takes it, until it is ended.

`python -m tests.proof.flooder PORT CREDENTIALS CLIENT ADDRESS HARM`; prints how many messages the server has taken.
HARM is `requests`, `pings`, `subscriptions` (to everything, which the server answers with all that is retained), or
`unread`: these, without reading what is answered.
"""

import contextlib
import itertools
import json
import os
import signal
import socket
import sys
import threading
from pathlib import Path

from broker.contract import credentials, tls, topics

BATCH = 200
GIVE_UP_MS = 3000
ETHERNET = 1448  # bytes in a packet; the loopback would take 64 KB


def text(value):
    data = value.encode()
    return len(data).to_bytes(2, "big") + data


def packet(kind, body):
    length, left = b"", len(body)
    while True:
        left, digit = divmod(left, 128)
        length += bytes([digit | (128 if left else 0)])
        if not left:
            return bytes([kind]) + length + body


def connect(client, password):
    flags_and_keepalive = (
        b"\x05\xc2\x00\x00\x00"  # protocol 5; user, password, clean start; no keepalive, no properties
    )
    return packet(0x10, text("MQTT") + flags_and_keepalive + text(client) + text(client) + text(password))


def requests(client):
    """Return batches of requests of every kind of harm: tickets, keys of a desk, rubbish, healths."""
    for batch in itertools.count():
        out = b""
        for number in range(BATCH):
            request = {"request_id": f"{batch}-{number}", "category": "fees", "desk": "17"}
            verb = ("ticket", "next", "call")[number % 3]
            payload = json.dumps(request).encode() if number % 4 else b'{"request_id": [[[['
            topic = topics.request(client, verb) if number % 10 else topics.health(client)
            out += packet(0x30, text(topic) + b"\x00" + payload)
        yield out


def pings(_client):
    return itertools.repeat(packet(0xC0, b"") * BATCH)


def subscriptions(_client):
    return itertools.repeat(packet(0x82, b"\x00\x01\x00" + text("okienko/#") + b"\x00") * BATCH)


HARMS = {"requests": requests, "pings": pings, "subscriptions": subscriptions, "unread": subscriptions}


def let_in(port, mine, client, address):
    """Return an encrypted connection that the server has let in; it fails where nothing goes through any more."""
    plain = socket.socket()
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, ETHERNET)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, GIVE_UP_MS)
    plain.bind((address, 0))
    plain.connect(("127.0.0.1", int(port)))
    server = tls.context(mine.ca).wrap_socket(plain)
    server.sendall(connect(client, mine.password))
    assert server.recv(100)[3] == 0, "the server lets it in"
    return server


def throw_away(connection):
    """Read what comes, without looking at it, nor through TLS."""
    with contextlib.suppress(OSError):
        while connection.recv(1 << 18):
            pass


def main(port, kept, client, address, harm):
    mine = credentials.kept(Path(kept))[client]
    sent = 0

    def end(*_):
        print(sent, flush=True)
        os._exit(0)

    signal.signal(signal.SIGTERM, end)
    while True:
        try:
            server = let_in(port, mine, client, address)
            print("in", flush=True)
            if harm != "unread":
                read = socket.socket(fileno=os.dup(server.fileno()))
                threading.Thread(target=throw_away, args=(read,), daemon=True).start()
            for batch in HARMS[harm](client):
                server.sendall(batch)
                sent += BATCH
        except OSError:
            continue  # put out, or shut out: it tries again at once


if __name__ == "__main__":
    main(*sys.argv[1:])

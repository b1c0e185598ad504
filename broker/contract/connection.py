"""One connection to the MQTT server, which is used once: how it is opened, read and written."""

import contextlib
import os
import select
import socket
import ssl
import time
from typing import Any

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.subscribeoptions import SubscribeOptions

from . import finding, tls, topics
from .server import Server

KEEPALIVE_S = 15
CONNECT_TIMEOUT_S = 3.0
_BLOCK = 65_536


def prepared(server: Server, name: str, will: bytes | None) -> paho.Client:
    """Return a client that is yet to connect; the server publishes `will` as its health if it just vanishes."""
    client = paho.Client(
        CallbackAPIVersion.VERSION2,
        name,
        protocol=MQTTProtocolVersion.MQTTv5,
        reconnect_on_failure=False,
    )
    client.connect_timeout = CONNECT_TIMEOUT_S
    # Mosquitto acknowledges each message before it reads the next, so there is no need to hold any back.
    client.max_inflight_messages = 0
    if server.user is not None:
        client.username_pw_set(server.user, server.password)
    if server.tls:
        client.tls_set_context(tls.context(server.ca))
    if will is not None:
        client.will_set(topics.health(name), will, qos=1, retain=True)
    client.on_socket_open = _no_delay
    return client


def connect(client: paho.Client, server: Server) -> None:
    """Find the server and connect; OSError or ValueError if it is not there."""
    host, port = finding.place(server)
    client.connect(host, port, KEEPALIVE_S, clean_start=True)


def exchange(client: paho.Client, timeout_s: float) -> bool:
    """Read and write what the socket allows, waiting for it; False if the connection is lost.

    paho's own `loop` wakes itself with two more system calls for every message.
    """
    sock = client.socket()
    if sock is None:
        return False
    wait_s = 0.0 if _has_read_ahead(sock) else timeout_s
    readable, writable, _ = select.select([sock], [sock] if client.want_write() else [], [], wait_s)
    results = [client.loop_read()] if readable or _has_read_ahead(sock) else []
    if writable:
        results.append(client.loop_write())
    results.append(client.loop_misc())
    return all(result == MQTTErrorCode.MQTT_ERR_SUCCESS for result in results)


def drain(client: paho.Client, timeout_s: float) -> None:
    """Write what is still to be written."""
    until = time.monotonic() + timeout_s
    while client.want_write() and time.monotonic() < until:
        exchange(client, timeout_s / 10)


def leave(client: paho.Client, timeout_s: float) -> None:
    """Try to say goodbye, so that the last will is not told; throw away what comes until the server has heard it.

    A connection that is closed with something unread is reset, and a server that has more to say notices that first.
    """
    sock = client.socket()
    if sock is None:
        return
    until = time.monotonic() + timeout_s
    with contextlib.suppress(OSError), socket.socket(fileno=os.dup(sock.fileno())) as kept_open:
        client.disconnect()
        while (left_s := until - time.monotonic()) > 0:
            kept_open.settimeout(left_s)
            if not kept_open.recv(_BLOCK):
                return


def has_more(client: paho.Client) -> bool:
    """Whether more has already arrived to be read."""
    sock = client.socket()
    return sock is not None and (_has_read_ahead(sock) or bool(select.select([sock], [], [], 0)[0]))


def subscription(topic: str) -> SubscribeOptions:
    """Ask for what is retained only where something is: a request that somebody retained must not come again.

    Requests come to the broker with QoS 0: its answer is the acknowledgement that counts, and one who hears none asks
    again; a second acknowledgement inside would cost an eighth of the rate of a busy hall.
    """
    once = topic.startswith(topics.HAPPENS_ONCE)
    retained = SubscribeOptions.RETAIN_DO_NOT_SEND if once else SubscribeOptions.RETAIN_SEND_ON_SUBSCRIBE
    # Of the desks the broker reads what was kept before; what it tells itself need not come back.
    mine = topic == topics.ALL_DESKS
    return SubscribeOptions(qos=0 if topic.startswith(topics.REQUESTS) else 1, noLocal=mine, retainHandling=retained)


def matches(watched: str, topic: str) -> bool:
    """Whether a topic is the one that is watched, or one of those, where that has wildcards."""
    return watched == topic or paho.topic_matches_sub(watched, topic)


def _has_read_ahead(sock: object) -> bool:
    """Whether an encrypted connection holds bytes that the system no longer shows as waiting."""
    return isinstance(sock, ssl.SSLSocket) and sock.pending() > 0


def _no_delay(_client: paho.Client, _data: Any, sock: Any) -> None:  # noqa: ANN401
    # Nagle's algorithm costs 40 ms a message.
    if isinstance(sock, socket.socket):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

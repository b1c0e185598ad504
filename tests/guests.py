"""Somebody on the hall's network, with a client of their own making that keeps no rule of the hall."""

import contextlib
import ssl
import threading

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from tests.clients import eventually

REFUSED = 128  # reason codes from here on are refusals
ANSWER_S = 10.0


class Guest:
    """Connects with whatever it has; `heard` is what it was sent, `said` the server's verdict on each message."""

    def __init__(self, port, user=None, password=None, *, client_id="guest", tls=False):
        self.heard = []
        self.verdict = None
        self.said = {}
        self.put_out = threading.Event()
        self._subscribed = threading.Event()
        self._paho = paho.Client(
            CallbackAPIVersion.VERSION2, client_id, protocol=MQTTProtocolVersion.MQTTv5, reconnect_on_failure=False
        )
        if user is not None:
            self._paho.username_pw_set(user, password)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            self._paho.tls_set_context(context)
        self._paho.on_connect = self._on_connect
        self._paho.on_disconnect = lambda *_: self.put_out.set()
        self._paho.on_message = lambda _client, _data, message: self.heard.append((message.topic, message.payload))
        self._paho.on_publish = lambda _client, _data, mid, code, _properties: self.said.update({mid: code.value})
        self._paho.on_subscribe = lambda *_: self._subscribed.set()
        self._port = port

    def come(self):
        """Connect; whether the server let it in."""
        with contextlib.suppress(OSError):
            self._paho.connect("127.0.0.1", self._port, keepalive=30)
            self._paho.loop_start()
            eventually(lambda: self.verdict is not None or self.put_out.is_set(), ANSWER_S)
        return self.verdict == 0

    def listen(self, *topics):
        """Subscribe, and return once the server has answered."""
        for topic in topics:
            self._subscribed.clear()
            self._paho.subscribe(topic, qos=1)
            assert self._subscribed.wait(ANSWER_S)
        return self

    def say(self, topic, payload=b"{}", *, retain=False):
        """Publish; whether the server allowed it. One who may not may also be put out."""
        mid = self._paho.publish(topic, payload, qos=1, retain=retain).mid
        eventually(lambda: mid in self.said or self.put_out.is_set(), ANSWER_S)
        return self.said.get(mid, REFUSED) < REFUSED

    def leave(self):
        self._paho.disconnect()
        self._paho.loop_stop()

    def _on_connect(self, _client, _data, _flags, code, _properties):
        self.verdict = code.value

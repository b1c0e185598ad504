"""A program on the hall's MQTT: what it hears, what it says, and that it stays connected.

Theory of operation. A connection is never mended, only replaced: each one gets a fresh paho client, so that
nothing that was pressed before a cut is sent after it. On every connect the bus subscribes, reports health
and then says `when_linked(True)`; the last will says `down` for a program that dies.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import paho.mqtt.client as paho
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.reasoncodes import ReasonCode

from . import connection, topics
from .messages import Health, LastDay, Problem, Request, encode
from .own_health import NAMESAKE, OwnHealth
from .pulse import Pulse
from .server import BadServer, Server
from .subscriptions import Hear, Subscriptions

__all__ = ["BadServer", "Bus", "Server"]

log = logging.getLogger(__name__)

T = TypeVar("T")

DRAIN_S = 0.5
LEAVE_S = 0.25
RETRY_S = 0.25
RETRY_MOST_S = 1.0
LOOK_S = 2.0  # how often a thread of the bus's own looks whether those whom it watches have fallen silent
RETRY_REFUSED_S = 3.0


class Bus:
    """One program on the hall's MQTT.

    Set up with `watch` and `when_linked`, then either `start()` a thread of its own (screens, desks) or call
    `run_once()` from the program's own loop (the broker). Handlers run in that thread; what they raise is
    logged and counted in `faults`, and stops nothing.
    """

    def __init__(
        self, server: Server, client: str, version: str, *, shows_calls: bool = False, silent: bool = False
    ) -> None:
        self.client = client
        self.when_linked: Callable[[bool], None] = _nobody_asked
        self.refused = False  # the server is there, and does not let this program in
        self.faults = 0
        self._server = server
        self._subscriptions = Subscriptions()
        self._renewing = False
        self._own = OwnHealth(client, version, shows_calls=shows_calls)
        self._silent = silent  # it only listens: no health, no last will
        self._paho: paho.Client | None = None
        self._linked = False
        self._missed = False  # the server was not there, and that was logged
        self._pulses: list[Pulse] = []
        self._reporting = threading.Lock()  # a kiosk's voice tells of itself in another thread
        self._dropped = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._retry_at = 0.0
        self._retry_s = RETRY_S

    # -- setting up ----------------------------------------------------------------------------------------

    def watch(
        self, topic: str, kind: type[T], handler: Callable[[T], None], gone: Callable[[str], None] | None = None
    ) -> None:
        """Call `handler` with every message on `topic`; a payload that is no `kind` is logged and counted.

        Where `gone` is given it is called with the topic of an empty payload: nothing is retained there any more.
        """
        self._subscriptions.watch(topic, kind, handler, gone)

    def watch_raw(self, topic: str, handler: Hear) -> None:
        """Call `handler` with the topic and the bytes of every message that matches `topic`."""
        self._subscriptions.watch_raw(topic, handler)

    def watch_pulse(self, client: str, handler: Callable[[Health], None]) -> None:
        """Call `handler` with the health of another program, and with a `down` if it falls silent; needs `start`."""
        pulse = Pulse(handler, time.monotonic)
        self._pulses.append(pulse)
        self.watch(topics.health(client), Health, pulse.hear)

    def start(self) -> None:
        """Connect, and stay connected, in a thread of the bus's own."""
        self._thread = threading.Thread(target=self._run, name="bus", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Say goodbye (`down`) and disconnect."""
        client = self._paho
        if self._linked and client is not None and not self._silent:
            with self._reporting:
                self._own.stop()
                goodbye = self._publish_health(client)
            with contextlib.suppress(ValueError, RuntimeError):
                goodbye.wait_for_publish(1.0) if self._thread else connection.drain(client, DRAIN_S)
        self._stopping.set()
        self._dropped.set()
        if client is not None:
            client.disconnect()
        if self._thread is not None:
            self._thread.join(connection.CONNECT_TIMEOUT_S)

    # -- talking -------------------------------------------------------------------------------------------

    def watch_computer(self, problems: Callable[[], list[Problem]]) -> None:
        """Have what is wrong with the computer told with this program's health."""
        self._own.about_computer = problems

    @property
    def linked(self) -> bool:
        """Whether the MQTT server is there now."""
        return self._linked

    @property
    def bad_messages(self) -> int:
        """Return how many messages were not understood."""
        return self._subscriptions.bad_messages

    @property
    def in_words(self) -> str:
        """Return in one line how this program is: whom it misses and what is wrong, or that all is well."""
        missing = "the MQTT server refuses this program at" if self.refused else "no MQTT server at"
        link = [] if self._linked else [f"{missing} {self._server.address}"]
        return "; ".join([*link, *(problem.detail for problem in self._own.problems)]) or "all well"

    def ask(self, verb: str, request: Request) -> bool:
        """Send a request to the broker; False if there is no connection, and then it is never sent."""
        return self.publish(topics.request(self.client, verb), encode(request))

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> bool:
        """Publish with QoS 1; False if there is no connection, and then it is never sent."""
        client = self._paho
        if not self._linked or client is None:
            return False
        return client.publish(topic, payload, qos=1, retain=retain).rc == MQTTErrorCode.MQTT_ERR_SUCCESS

    def narrow(self, narrowed: Mapping[str, frozenset[str]]) -> None:
        """Subscribe to fewer topics than all that match some of what is watched, also in the connections to come."""
        more, less = self._subscriptions.narrow(narrowed)
        client = self._paho
        if not self._linked or client is None:
            return
        if more:
            client.subscribe([(topic, connection.subscription(topic)) for topic in more])
        if less:
            client.unsubscribe(list(less))

    def renew(self) -> None:
        """Leave the connection for another, and with it unread whatever waits in it; for `run_once` alone."""
        self._renewing = self._linked

    def report(self, problems: list[Problem], counters: dict[str, int] | None = None) -> None:
        """Publish this program's health if it changed: degraded while it has problems, up without.

        To be called by the main loop, often: it is the program's heartbeat, and published now and then all the same.
        """
        self._tell(lambda: self._own.report(problems, counters or {}))

    def tell_speaking(self, *, speaking: bool) -> None:
        """Tell the room at once that this program speaks to a resident, or has ended; on every change."""
        self._tell(lambda: self._own.change(speaking=speaking))

    def tell_last_day(self, last_day: LastDay) -> None:
        """Tell what the log of the day that is over ended with, so that it is known elsewhere."""
        self._tell(lambda: self._own.change(last_day=last_day))

    def _tell(self, news: Callable[[], None]) -> None:
        """Publish this program's health with what is new in it, if that changes it or a beat of it is due."""
        with self._reporting:
            news()
            client = self._paho
            if self._linked and client is not None and self._own.is_due:
                self._publish_health(client)

    # -- the thread of its own -----------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._dropped.clear()
            client = self._connect()
            if client is not None:
                client.loop_start()
                while not self._dropped.wait(LOOK_S if self._pulses else None):
                    for pulse in self._pulses:
                        self._guarded(pulse.look)
                client.loop_stop()
            self._stopping.wait(self._retry_s)

    # -- the program's own loop ----------------------------------------------------------------------------

    def run_once(self, timeout_s: float) -> None:
        """Wait at most `timeout_s` for the network and do what it asks for; connect where there is no connection."""
        if self._paho is None:
            pause = self._retry_at - time.monotonic()
            if pause > 0:
                time.sleep(min(pause, timeout_s))
                return
            self._connect()
            return
        if self._renewing:
            self._renew(self._paho)
            return
        if not connection.exchange(self._paho, timeout_s) or self._dropped.is_set():
            self._unlink()
            self._paho = None

    def _renew(self, client: paho.Client) -> None:
        """Connect anew at once, without anybody's taking this program for dead."""
        connection.leave(client, LEAVE_S)
        self._unlink()
        self._paho = None
        self._connect()

    @property
    def readable(self) -> bool:
        """Whether more has already arrived for `run_once`."""
        return self._paho is not None and connection.has_more(self._paho)

    # -- connecting ----------------------------------------------------------------------------------------

    def _connect(self) -> paho.Client | None:
        """Open a fresh connection; None if the server is not there, and the next try waits a little longer."""
        self._dropped.clear()
        self._renewing = False
        self._paho = client = self._fresh_client()
        try:
            connection.connect(client, self._server)
        except Exception as error:  # noqa: BLE001 - a bus that gave up would leave its program waiting for ever
            if not self._missed:
                log.info("no MQTT server at %s: %s; it is looked for until it comes", self._server.address, error)
            self._missed = True
            self._paho = None
            self._retry_at = time.monotonic() + self._retry_s
            self._retry_s = min(self._retry_s * 1.5, RETRY_MOST_S)
            return None
        return client

    def _fresh_client(self) -> paho.Client:
        client = connection.prepared(self._server, self.client, None if self._silent else self._own.will)
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        return client

    def _on_connect(self, client: paho.Client, _data: Any, _flags: Any, code: ReasonCode, _props: Any) -> None:  # noqa: ANN401
        if code.is_failure:
            self._refused(str(code))
            return
        if wanted := self._subscriptions.topics:
            client.subscribe([(topic, connection.subscription(topic)) for topic in wanted])
        self._linked, self.refused, self._missed = True, False, False
        log.info("connected to the MQTT server at %s", self._server.address)
        self._retry_s = RETRY_S
        with self._reporting:
            self._own.linked()
            if not self._silent:
                self._publish_health(client)
        self._guarded(self.when_linked, self._linked)

    def _refused(self, why: str) -> None:
        """Try again, but seldom: whether a password is right is decided by a person, on the broker's machine."""
        if not self.refused:
            log.warning("the MQTT server refuses %s: %s; is it paired?", self.client, why)
        self.refused = True
        self._retry_s = RETRY_REFUSED_S
        self._retry_at = time.monotonic() + self._retry_s
        self._dropped.set()

    def _on_disconnect(self, client: paho.Client, _data: Any, _flags: Any, code: ReasonCode, _props: Any) -> None:  # noqa: ANN401
        if client is self._paho:
            log.info("MQTT connection lost: %s", code)
            self._unlink()
            self._dropped.set()

    def _unlink(self) -> None:
        if self._linked:
            self._linked = False
            if self._own.cut():
                log.warning(NAMESAKE, self.client)
            for pulse in self._pulses:
                pulse.lose()
            self._guarded(self.when_linked, self._linked)

    def _publish_health(self, client: paho.Client) -> paho.MQTTMessageInfo:
        return client.publish(topics.health(self.client), self._own.telling(), qos=1, retain=True)

    def _on_message(self, client: paho.Client, _data: Any, message: paho.MQTTMessage) -> None:  # noqa: ANN401
        if client is not self._paho:
            return
        for handler in self._subscriptions.hearing(message.topic):
            self._guarded(handler, message.topic, message.payload)

    def _guarded(self, handler: Callable[..., None], *args: object) -> None:
        """Call a handler; an exception would end paho's thread while it still looks connected."""
        try:
            handler(*args)
        except Exception:
            self.faults += 1
            log.exception("a handler failed")


def _nobody_asked(_linked: bool) -> None:  # noqa: FBT001
    """Stand in for a `when_linked` that was not set."""

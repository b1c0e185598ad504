"""At the broker's door: a device that says too much is slowed, and one that floods is not listened to for a while.

Theory of operation. Everything reaches the broker through one connection, in its order; so a request that is only
refused still costs all others the time to read it. Up to a point that is cheap. Beyond it the broker subscribes to
each device but the one that floods, instead of to everybody, and the server drops what comes. If after much that is
thrown away the device is still heard, more of it waits than is worth reading: the broker takes a fresh connection, and
what others had asked in that moment they ask again, as after any cut. After a while the device is heard again; if it
has not stopped, it is left out for twice as long.

Only where devices are registered: in a demo anybody may come under any name, and there is nobody to protect.
"""

import logging
import math
import time
from collections.abc import Callable, Mapping

from broker.answers import refusal
from broker.contract import messages as m
from broker.contract import topics
from broker.contract.bus import Bus
from broker.contract.subscriptions import Hear
from broker.limits import Allowance, Allowances
from broker.problems import Problems
from broker.store.devices import Devices

log = logging.getLogger(__name__)

REQUESTS = Allowance(per_s=20, burst=50)  # a clerk presses one key a second, a crowd at a kiosk takes two tickets
REFUSALS = Allowance(per_s=5, burst=20)  # that many are told so; the others are not even read
PATIENCE = Allowance(per_s=50, burst=200)  # refused messages, until nobody listens any more
DEAF_S, DEAF_MOST_S = 30.0, 480.0
GRACE_S, GRACE = 0.1, 500  # so long, and so much of what was said before is thrown away, until the rest stays unread
TOLD_S = 60.0  # a problem stands until the device has been quiet for so long
MOST_HEALTH_BYTES = 65_536
STRANGERS = ""  # all who are not registered share one allowance
_FLOODS = "{} sent more than {:.0f} messages a second: refused, and not listened to while it goes on"


class Gate:
    """Who may come in; `clock` counts seconds."""

    def __init__(self, bus: Bus, problems: Problems, clock: Callable[[], float] = time.monotonic) -> None:
        self._bus = bus
        self._problems = problems
        self._clock = clock
        self._devices: Devices = {}
        self._requests, self._refusals, self._patience = map(Allowances, (REQUESTS, REFUSALS, PATIENCE))
        self._refused_at: dict[str, float] = {}
        self._deaf_until: dict[str, float] = {}
        self._deaf_for_s: dict[str, float] = {}
        self._grace_until = 0.0
        self._grace = 0
        self._narrowed: Mapping[str, frozenset[str]] = {}

    def admits(self, client: str, payload: bytes) -> bool:
        """Whether this request may be read; one that may not is answered, if its device does not exaggerate."""
        if not self._devices or self._may_speak(client):
            return True
        if self._refusals.take(self._known(client), self._clock()):
            request_id = m.request_id_of(payload) if len(payload) <= m.MAX_REQUEST_BYTES else None
            if request_id is not None:
                refused = refusal(
                    request_id, "slow_down", f"{client} asks more than {REQUESTS.per_s:.0f} times a second"
                )
                self._bus.publish(topics.reply(client), refused)
        return False

    def healths(self, hear: Hear) -> Hear:
        """Return what hears the devices' healths, as long as they are not too many, nor too long."""

        def guarded(topic: str, payload: bytes) -> None:
            client = topic.rpartition("/")[2]
            if len(payload) <= MOST_HEALTH_BYTES and (not self._devices or self._may_speak(client)):
                hear(topic, payload)

        return guarded

    def look(self, devices: Devices) -> None:
        """Take note of who is registered, listen again to who has been punished, and tell of those who flood."""
        now = self._clock()
        self._devices = devices
        for client in [client for client, until in self._deaf_until.items() if until <= now]:
            del self._deaf_until[client]
        for allowances in (self._requests, self._refusals, self._patience):
            allowances.keep_only({*devices, STRANGERS})
        self._refused_at = {client: at for client, at in self._refused_at.items() if now - at < DEAF_MOST_S * 2}
        self._deaf_for_s = {client: s for client, s in self._deaf_for_s.items() if client in self._refused_at}
        self._listen()
        flooding = sorted(
            client or "an unregistered client"
            for client, at in self._refused_at.items()
            if now - at < TOLD_S or client in self._deaf_until
        )
        self._problems.tell("flood", _FLOODS.format(", ".join(flooding), REQUESTS.per_s) if flooding else None)

    def _known(self, client: str) -> str:
        return client if client in self._devices else STRANGERS

    def _may_speak(self, client: str) -> bool:
        known, now = self._known(client), self._clock()
        if known not in self._deaf_until and self._requests.take(known, now):
            return True
        self._refused_at[known] = now
        if known in self._deaf_until:
            self._throw_away(now)
        elif not self._patience.take(known, now):
            self._stop_listening(known, now)
        return False

    def _stop_listening(self, client: str, now: float) -> None:
        for_s = self._deaf_for_s.get(client, DEAF_S)
        log.warning("%s floods: not listened to for %.0f s", client or "an unregistered client", for_s)
        self._deaf_until[client] = now + for_s
        self._deaf_for_s[client] = min(for_s * 2, DEAF_MOST_S)
        self._grace_until, self._grace = now + GRACE_S, GRACE
        self._listen()

    def _throw_away(self, now: float) -> None:
        """Leave the rest unread, once, if there is more from those who are left out than their grace."""
        self._grace -= 1
        if self._grace <= 0 and now >= self._grace_until:
            self._grace_until = math.inf
            self._bus.renew()

    def _listen(self) -> None:
        """Listen to everybody, or to all but those who flood."""
        wanted: Mapping[str, frozenset[str]] = {}
        if self._deaf_until:
            heard = [client for client in (*self._devices, topics.BROKER) if client not in self._deaf_until]
            wanted = {
                topics.ALL_REQUESTS: frozenset(topics.request(client, "+") for client in heard),
                topics.ALL_HEALTH: frozenset(topics.health(client) for client in heard),
            }
        if wanted != self._narrowed:
            self._narrowed = wanted
            self._bus.narrow(wanted)

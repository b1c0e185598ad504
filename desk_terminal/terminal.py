"""Where keypads, desks and MQTT meet: one queue, and one thread that decides."""

from collections.abc import Callable, Mapping, Sequence
from queue import Empty, SimpleQueue
from threading import Semaphore

from msgspec import Struct

from broker.contract import topics
from broker.contract.bus import Bus
from broker.contract.messages import Desk, Health, Reply

from . import view as views
from .keypad import STALE_S, Edge, Fault, Noise
from .report import Report
from .station import Station
from .view import View

# However quiet the hall is, the loop comes round this often, so that it knows when it stood still.
COME_ROUND_S = 1.0
# A loop that did not come round for STALE_S stood still with the computer, and keys wait in wires and queues of which
# nobody knows when they were pressed. Within this time after it they have come out of every wire, because a kernel
# hands them over at once.
SETTLE_S = 1.0
# What one keypad may say before any of it is followed; beyond it, it babbles, and must not drown the others.
MOST_UNHEARD = 100


class Linked(Struct, frozen=True):
    """The connection to the MQTT server came or went."""

    now: bool


class Gone(Struct, frozen=True):
    """The office has this desk no more."""

    id: str


class Stop(Struct, frozen=True):
    """The program is asked to end."""


Event = Edge | Noise | Fault | Linked | Health | Desk | Gone | Reply | Stop


class Terminal:
    """The desks of one process on one connection: what happens is put into a queue, and taken out by one thread.

    `clock` counts seconds and goes on while the computer sleeps. `run()` goes on until `stop()`, which any thread and
    any signal handler may call. `when_turned` is called at each turn of the loop once every keypad was found or missed.
    """

    def __init__(self, stations: Sequence[Station], bus: Bus, report: Report, clock: Callable[[], float]) -> None:
        self.stations: Mapping[str, Station] = {station.view.desk_id: station for station in stations}
        self._bus = bus
        self._report = report
        self._clock = clock
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._by_keypad = {name: station for station in stations for name in station.keypads}
        self._room = {name: Semaphore(MOST_UNHEARD) for name in self._by_keypad}
        self.when_turned: Callable[[], None] = _nobody_asked
        self._came_round = clock()
        self._deaf_until = self._came_round

    def run(self) -> None:
        """Serve the desks until `stop()`."""
        try:
            self._listen()
            self._came_round = self._clock()
            while not isinstance(event := self._next_event(), Stop):
                now = self._clock()
                self._notice_standstill(now)
                for station in self.stations.values():
                    station.after_time(now)
                    if event is None:
                        station.after_silence(now)
                self._after(event, now)
                self._report.after_time()
                if all(station.known for station in self.stations.values()):
                    self.when_turned()
        finally:
            for station in self.stations.values():
                station.stop()
            self._bus.stop()

    def stop(self) -> None:
        """End `run()`."""
        self._events.put(Stop())

    def _listen(self) -> None:
        self._bus.when_linked = lambda linked: self._events.put(Linked(linked))
        self._bus.watch_pulse(topics.BROKER, self._events.put)
        self._bus.watch(topics.reply(self._bus.client), Reply, self._events.put)
        for desk_id, station in self.stations.items():
            self._bus.watch(topics.desk(desk_id), Desk, self._events.put, gone=self._put_gone)
            station.start(self._hear)
        self._bus.start()

    def _put_gone(self, topic: str) -> None:
        self._events.put(Gone(topic.removeprefix(topics.desk(""))))

    def _hear(self, event: Edge | Noise | Fault) -> None:
        """Queue what a keypad says, from its own thread."""
        if isinstance(event, Fault) or self._room[event.keypad].acquire(blocking=False):
            self._events.put(event)

    def _next_event(self) -> Event | None:
        """Wait for the next thing that happens; None when only time has passed."""
        dues = [self._report.due, *(station.due for station in self.stations.values())]
        wait_s = min((due - self._clock() for due in dues if due is not None), default=COME_ROUND_S)
        try:
            return self._events.get(timeout=min(max(0.0, wait_s), COME_ROUND_S))
        except Empty:
            return None

    def _notice_standstill(self, now: float) -> None:
        """Turn deaf for a moment after the loop did not come round for too long."""
        if now - self._came_round > STALE_S:
            self._deaf_until = now + SETTLE_S
            for station in self.stations.values():
                station.after_standstill()
        self._came_round = now

    def _after(self, event: Event | None, now: float) -> None:
        if isinstance(event, Edge | Noise):
            self._room[event.keypad].release()
        match event:
            case Edge():
                station = self._by_keypad[event.keypad]
                late = now < self._deaf_until or now - event.at > STALE_S
                station.after_late_edge(event, now) if late else station.after_edge(event, now)
            case Noise():
                self._report.count("noise_bytes", event.size)
            case Fault():
                self._report.after_fault(event)
                if event.part == "keypad":  # without lamp or buzzer the keys still count
                    self._by_keypad[event.keypad].after_fault(event)
            case Desk() | Gone():
                self._after_desk(event, now)
            case Linked():
                self._become(lambda view: views.after_link(view, linked=event.now))
            case Health():
                self._become(lambda view: views.after_health(view, event))
            case Reply():
                self._become(lambda view: views.after_reply(view, event, now))

    def _after_desk(self, told: Desk | Gone, now: float) -> None:
        station = self.stations.get(told.id)
        if station is None:
            return
        if isinstance(told, Gone):
            station.after_gone(now)
        else:
            station.become(views.after_desk(station.view, told))

    def _become(self, next_view: Callable[[View], View]) -> None:
        for station in self.stations.values():
            station.become(next_view(station.view))


def _nobody_asked() -> None:
    """Stand in for a `when_turned` that was not set."""

"""Where keys, lamp, panel and MQTT meet: one queue, and one thread that decides."""

from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from broker.contract import topics
from broker.contract.bus import Bus
from broker.contract.messages import Desk, Health, Reply

from . import view as views
from .face import Face
from .keypad import Edge, Fault, Keypad, Noise
from .keys import Debounce
from .lamp import Lamp, lamp
from .panel import Panel, panel
from .report import Report
from .view import View

# A key that waited longer for its turn, because the computer stood still, is not carried out any more.
STALE_S = 2.0


class Linked(Struct, frozen=True):
    """The connection to the MQTT server came or went."""

    now: bool


class Stop(Struct, frozen=True):
    """The program is asked to end."""


Event = Edge | Noise | Fault | Linked | Health | Desk | Reply | Stop


class LampWire(Protocol):
    """Whatever lights a lamp."""

    def show(self, lamp: Lamp) -> None:
        """Change to another pattern; returns at once."""

    def stop(self) -> None:
        """Put it out."""


class Terminal:
    """One desk: its keys become requests, and what the broker tells becomes its lamp and its panel.

    `clock` is monotonic, in seconds; `fresh_id` makes an id for each request. `run()` goes on until `stop()`, which
    any thread and any signal handler may call.
    """

    def __init__(
        self,
        view: View,
        language: str,
        bus: Bus,
        keypads: Sequence[Keypad],
        lamps: Sequence[LampWire],
        report: Report,
        clock: Callable[[], float],
        fresh_id: Callable[[], str],
    ) -> None:
        self.view = view
        self._language = language
        self._bus = bus
        self._keypads = keypads
        self._lamps = lamps
        self._report = report
        self._clock = clock
        self._fresh_id = fresh_id
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._debounces = {keypad.name: Debounce(keypad.quiet_s) for keypad in keypads}
        self._lit: Lamp | None = None
        self._written: Panel | None = None

    def run(self) -> None:
        """Serve the desk until `stop()`."""
        try:
            self._listen()
            self._show()
            while not isinstance(event := self._next_event(), Stop):
                self._become(self._after(event, self._clock()))
                self._report.after_time()
        finally:
            self._let_go()

    def stop(self) -> None:
        """End `run()`."""
        self._events.put(Stop())

    def _listen(self) -> None:
        self._bus.when_linked = lambda linked: self._events.put(Linked(linked))
        self._bus.watch(topics.health(topics.BROKER), Health, self._events.put)
        self._bus.watch(topics.desk(self.view.desk_id), Desk, self._events.put)
        self._bus.watch(topics.reply(self._bus.client), Reply, self._events.put)
        for keypad in self._keypads:
            keypad.start(self._events.put)
        self._bus.start()

    def _let_go(self) -> None:
        """Leave no word standing on the panel that will not be true for long."""
        self._become(views.after_link(replace(self.view, asking=None), linked=False))
        for keypad in self._keypads:
            keypad.stop()
        for wire in self._lamps:
            wire.stop()
        self._bus.stop()

    def _next_event(self) -> Event | None:
        """Wait for the next thing that happens; None when only time has passed."""
        times = [time for time in (self.view.due, self._report.due) if time is not None]
        wait_s = max(0.0, min(times) - self._clock()) if times else None
        try:
            return self._events.get(timeout=wait_s)
        except Empty:
            return None

    # -- what follows from an event --------------------------------------------------------------------------

    def _after(self, event: Event | None, now: float) -> View:
        view = views.after_time(self.view, now)
        match event:
            case Edge():
                view = self._after_edge(view, event, now)
            case Reply():
                view = views.after_reply(view, event, now)
            case Desk():
                view = views.after_desk(view, event)
            case Health():
                view = views.after_health(view, event)
            case Linked():
                view = views.after_link(view, linked=event.now)
            case Fault():
                self._report.after_fault(event)
                view = replace(view, keypad_fault=self._report.faulty)
            case Noise():
                self._report.count("noise_bytes", event.size)
        return view

    def _after_edge(self, view: View, edge: Edge, now: float) -> View:
        if not self._debounces[edge.keypad].counts(edge.key, down=edge.down, at=edge.at):
            return view
        if now - edge.at > STALE_S:
            self._report.count("dropped")
            return view
        after = views.after_press(view, edge.key, self._fresh_id(), now)
        self._report.count("presses")
        if after.asking == view.asking:
            self._report.count("dropped")
        return after

    # -- what is done about it ---------------------------------------------------------------------------------

    def _become(self, view: View) -> None:
        """Take the next view: send a request that is new in it or due again, and show the rest."""
        asking = view.asking
        if asking is not None and asking != self.view.asking:
            sent = self._bus.ask(asking.verb, asking.request)
            if not sent and asking.times == 1:
                view = views.after_unsent(view)
        self._count(view)
        self.view = view
        self._show()

    def _count(self, view: View) -> None:
        if view.unanswered and not self.view.unanswered:
            self._report.count("unanswered")
        if view.notice is not None and view.notice.refused and view.notice != self.view.notice:
            self._report.count("refused")

    def _show(self) -> None:
        lit, written = lamp(self.view), panel(self.view, self._language)
        if lit is not self._lit:
            for wire in self._lamps:
                wire.show(lit)
        if written != self._written:
            for keypad in self._keypads:
                keypad.show(Face(written))
        self._lit, self._written = lit, written

"""The running wall: the one place where the MQTT thread, the sound and Kivy meet, through Kivy's clock.

Every other thread only puts what it heard into the inbox; the rest happens in Kivy's own thread, in this order.
"""

import logging
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.widget import Widget

from broker.contract import topics
from broker.contract.bus import Bus
from broker.contract.messages import Board, Call, Desk, Health, Reply, ShownRequest

from .announcements import (
    Action,
    Announce,
    Announcements,
    BoardHeard,
    Confirm,
    Confirmed,
    Event,
    FallSilent,
    Memory,
    Played,
    Read,
    Remember,
    ShowOnly,
    after,
)
from .awake import Awake
from .clock import now_in
from .confirmations import Confirmations
from .drawn import Drawn
from .hung import hung
from .journal import write_line
from .memory import MemoryFile
from .pictures import Pictures
from .problems import Problems
from .settings import Settings
from .sound import Sound, SpokenMenu

log = logging.getLogger(__name__)

# No announcement takes longer; if its end is never heard, the queue goes on.
PLAYING_MOST_S = 60.0
TICK_S = 1.0


class DisplayApp(App):
    """The wall, from the first board to the last."""

    def __init__(self, settings: Settings, bus: Bus, memory: MemoryFile) -> None:
        super().__init__()
        self._settings = settings
        self._bus = bus
        self._memory = memory
        self._hung = hung(settings)
        self._wall = self._hung.widget
        self._sound = Sound(settings, lambda: now_in(self._time_zone), self._heard(self._sound_ended))
        self._pictures = Pictures(Path(settings.pictures), self._wall) if settings.pictures else None
        self._journal = Path(settings.announcements) if settings.announcements else None
        self._problems = Problems(bus)
        self._inbox: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._state = Announcements(memory.read(), area=settings.area)
        self._desks: dict[str, Desk] = {}
        self._confirmations = Confirmations()
        self._drawn = Drawn()
        self._linked = False
        self._broker_up = False
        self._live = False  # a board was heard over this connection
        self._awake = Awake(time.monotonic())
        self._time_zone = ""

    # -- Kivy's own calls ----------------------------------------------------------------------------------

    def build(self) -> Widget:
        """Return what the window shows."""
        self.title = "Okienko"
        Window.clearcolor = (0, 0, 0, 1)
        return self._wall

    def on_start(self) -> None:
        """Listen, as soon as there is a window to draw on."""
        log.info("a window of %d by %d pixels, drawn by %s", *Window.size, os.environ.get("SDL_VIDEODRIVER"))
        self._bus.watch(topics.BOARD, Board, self._heard(self._board_heard))
        for desk in self._settings.desks or ["+"]:
            self._bus.watch(topics.desk(desk), Desk, self._heard(self._desk_heard), gone=self._heard(self._desk_gone))
        self._bus.watch(topics.MENU, SpokenMenu, self._sound.expect_menu)
        self._sound.listen(self._bus)
        self._bus.watch(topics.reply(self._bus.client), Reply, self._heard(self._answer_heard))
        self._bus.watch_pulse(topics.BROKER, self._heard(self._broker_heard))
        self._bus.when_linked = self._heard(self._link_changed)
        self._sound.start()
        self._problems.note("sound", self._sound.problem_at_start())
        self._tick()
        Clock.schedule_interval(lambda _dt: self._tick(), TICK_S)
        self._bus.start()

    def on_stop(self) -> None:
        """Fall silent and say goodbye."""
        self._sound.stop()
        self._bus.stop()

    # -- from other threads --------------------------------------------------------------------------------

    def _heard(self, handler: Callable[..., None]) -> Callable[..., None]:
        """Wrap a handler so that any thread may call it; it runs in Kivy's, in the order of the calls."""

        def put(*heard: object) -> None:
            self._inbox.put(partial(handler, *heard))
            Clock.schedule_once(self._open_inbox, 0)

        return put

    def _open_inbox(self, _dt: float) -> None:
        while True:
            try:
                letter = self._inbox.get_nowait()
            except Empty:
                return
            try:
                letter()
            except Exception:  # a strange message must not darken the wall
                self._problems.faults += 1
                log.exception("a message could not be drawn")

    def _board_heard(self, board: Board) -> None:
        if board.time_zone != self._time_zone:
            self._time_zone = board.time_zone
            self._wall.tell_time(now_in(self._time_zone))  # not a second later: the first board must be right
        if board.day != self._state.memory.day:
            self._confirmations = Confirmations()  # yesterday's call numbers mean others today
        self._awake = self._awake.seen(time.monotonic())
        live, self._live = self._live and self._awake.sure, True
        self._happened(BoardHeard(board, datetime.now(UTC), live))
        self._sound.expect(board.calls)
        mine = [call for call in board.calls if self._settings.area.holds(call.desk)]
        drawn, self._drawn = self._drawn.after(mine, board.day, self._bus.client)
        if drawn:
            Clock.schedule_once(partial(self._tell_drawn, drawn), 0)  # after the flip that shows them

    def _desk_heard(self, desk: Desk) -> None:
        self._desks[desk.id] = desk
        self._draw()

    def _desk_gone(self, topic: str) -> None:
        self._desks.pop(topic.removeprefix(topics.desk("")), None)
        self._draw()

    def _answer_heard(self, reply: Reply) -> None:
        if not reply.ok and reply.error and reply.error.code == "storage_failed":
            return  # not the last word: it is asked again
        call, self._confirmations = self._confirmations.answered(reply.request_id)
        if call is not None:
            self._happened(Confirmed(call))

    def _broker_heard(self, health: Health) -> None:
        self._broker_up = health.status != "down"
        self._draw()

    def _link_changed(self, linked: bool) -> None:  # noqa: FBT001 - the bus calls it so
        self._linked = linked
        self._broker_up = False  # it may have died with the server: its health comes with the connection
        self._live = False
        if linked:
            self._confirmations, self._drawn = self._confirmations.relinked(), Drawn()
            self._ask_confirmations()
        self._draw()

    def _sound_ended(self, call: int, problem: str | None) -> None:
        self._problems.note("sound", problem)
        self._happened(Played(call))

    # -- in Kivy's thread ----------------------------------------------------------------------------------

    def _happened(self, event: Event) -> None:
        self._state, actions = after(self._state, event)
        for action in actions:
            self._act(action)
        if self._state.queue:
            self._sound.prepare(self._state.queue[0].call)
        self._draw()

    def _act(self, action: Action) -> None:
        match action:
            case Remember(memory):
                self._remember(memory)
            case Announce(call):
                self._announce(call)
            case ShowOnly(call):
                self._write_journal(call, None)
            case FallSilent(call):
                self._sound.withdraw(call)
                self._confirmations = self._confirmations.without(call)
            case Confirm(call):
                # After the flip that shows it.
                Clock.schedule_once(partial(self._confirm, self._state.memory.day, call), 0)

    def _announce(self, call: Call) -> None:
        self._write_journal(call, self._sound.words(call))
        Clock.schedule_once(lambda _dt: self._happened(Read(call.call)), self._settings.reading_s)
        Clock.schedule_once(lambda _dt: self._happened(Played(call.call)), PLAYING_MOST_S)
        self._sound.announce(call)

    def _draw(self) -> None:
        offline = not (self._linked and self._broker_up)
        if self._hung.draw(self._state, self._desks, offline=offline) and self._pictures:
            self._pictures.take_soon()

    def _tick(self) -> None:
        self._awake = self._awake.seen(time.monotonic())
        self._wall.tell_time(now_in(self._time_zone))
        self._ask_confirmations()
        self._problems.report()

    def _confirm(self, day: str, call: int, _dt: float) -> None:
        memory = self._state.memory
        if memory.day == day and call in memory.unconfirmed:  # not so when it was taken back since the flip
            self._confirmations = self._confirmations.adding(self._bus.client, day, call)
            self._ask_confirmations()

    def _tell_drawn(self, drawn: tuple[ShownRequest, ...], _dt: float) -> None:
        for request in drawn:
            self._bus.ask("shown", request)

    def _ask_confirmations(self) -> None:
        if self._linked:
            requests, self._confirmations = self._confirmations.due(time.monotonic())
            for request in requests:
                self._bus.ask("shown", request)

    def _remember(self, memory: Memory) -> None:
        try:
            self._memory.write(memory)
        except OSError as error:
            self._problems.note("memory", f"{error.filename}: {error.strerror}")
        else:
            self._problems.note("memory", None)

    def _write_journal(self, call: Call, text: str | None) -> None:
        if self._journal is None:
            return
        try:
            write_line(self._journal, call, text)
        except OSError as error:
            log.warning("%s: %s", self._journal, error.strerror)

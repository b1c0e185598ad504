"""Fingers that touch the glass as they are told, through the same event loop as a resident's."""

import queue
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.input.motionevent import MotionEvent
from kivy.uix.widget import Widget

from kiosk.screens.stage import Stage
from kiosk.screens.tappable import KioskTappable

from .script import NotATap, Tap, tap

LOOK_S = 0.05
PATIENCE_S = 2.0  # a resident waits so long for what they want to touch
PRESS_S = 0.06
BETWEEN_S = 0.5  # a resident looks up before the next touch
BUSY_SCREENS = ("starting", "out_of_service", "waiting")


class Finger(MotionEvent):
    """One real touch at a place of the window, in fractions of its width and height."""

    def __init__(self, x: float, y: float) -> None:
        super().__init__("rehearsal", id(self), {"x": x, "y": y}, is_touch=True, type_id="touch")
        self.profile = ["pos"]

    def depack(self, args: dict[str, float]) -> None:
        """Take the place."""
        self.sx, self.sy = args["x"], args["y"]
        super().depack(args)

    def press(self) -> None:
        """Touch, and let go a moment later."""
        EventLoop.post_dispatch_input("begin", self)
        Clock.schedule_once(lambda _: EventLoop.post_dispatch_input("end", self), PRESS_S)


class Fingers:
    """Does what the lines say, one after the other; what cannot be found is said on standard error.

    `may_touch` says whether a resident could have read the screen by now.
    """

    def __init__(
        self, lines: Iterable[str], stage: Stage, clock: Callable[[], float], may_touch: Callable[[], bool]
    ) -> None:
        self._lines = lines
        self._stage = stage
        self._clock = clock
        self._may_touch = may_touch
        self._heard: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._wanted: deque[Tap] = deque()
        self._waited_s = 0.0
        self._looked_at = 0.0

    def start(self) -> None:
        """Begin to read and to touch."""
        threading.Thread(target=self._read, name="fingers", daemon=True).start()
        self._looked_at = self._clock()
        Clock.schedule_interval(lambda _: self._look(), LOOK_S)

    def _read(self) -> None:
        for line in self._lines:
            self._heard.put(line)

    def _look(self) -> None:
        now = self._clock()
        passed, self._looked_at = now - self._looked_at, now
        while not self._heard.empty():
            self._understand(self._heard.get())
        if self._waited_s < 0:
            self._waited_s = min(0.0, self._waited_s + passed)
            return
        if not self._wanted or not self._may_touch():
            return
        found = named(self._stage, self._wanted[0].name)
        if found is not None:
            touch(found, self._wanted.popleft().times)
            self._waited_s = -BETWEEN_S
            return
        if self._stage.view is not None and self._stage.view.screen not in BUSY_SCREENS:
            self._waited_s += passed
        if self._waited_s >= PATIENCE_S:
            _complain(f"nothing called {self._wanted.popleft().name!r} can be tapped here")
            self._waited_s = 0.0

    def _understand(self, line: str) -> None:
        try:
            wanted = tap(line)
        except NotATap as error:
            _complain(str(error))
            return
        if wanted is not None:
            self._wanted.append(wanted)


def named(root: Widget, name: str) -> KioskTappable | None:
    """Find what is called `name` on the screen: by its own name, as a matter, or by the group that it stands for."""
    there = [widget for widget in root.walk() if isinstance(widget, KioskTappable)]
    for fits in (
        lambda widget: widget.name == name,
        lambda widget: widget.name == f"matter:{name}",
        lambda widget: getattr(widget.item, "also", "") == name,
    ):
        if (found := next(filter(fits, there), None)) is not None:
            return found
    return None


def touch(widget: Widget, times: int = 1) -> None:
    """Touch the middle of a widget."""
    x, y = widget.to_window(*widget.center)
    place = on_panel(x / Window.width, y / Window.height, Window.rotation)
    for at in range(times):
        Clock.schedule_once(lambda _: Finger(*place).press(), 3 * PRESS_S * at)


def on_panel(x: float, y: float, rotation: int) -> tuple[float, float]:
    """Return where a place of the picture is on a panel that shows it turned; fractions of both."""
    return {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[rotation]


def _complain(words: str) -> None:
    print(f"okienko-kiosk: {words}", file=sys.stderr, flush=True)

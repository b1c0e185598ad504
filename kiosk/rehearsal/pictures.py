"""A picture of every screen, once it has settled."""

import logging
from collections.abc import Callable
from pathlib import Path

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
from msgspec.structs import replace
from PIL import Image

from kiosk.screens.stage import Stage
from kiosk.view import View

log = logging.getLogger(__name__)

LOOK_S = 0.1
SETTLED_S = 0.25


class Pictures:
    """Writes `NNN-<screen>.png` into a folder whenever what is shown has changed and settled.

    Seconds that count down are no change. A picture has its name only when it is complete.
    """

    def __init__(self, folder: Path, stage: Stage, clock: Callable[[], float]) -> None:
        self._folder = folder
        self._stage = stage
        self._clock = clock
        self._drawn_at: float | None = None
        self._taken: View | None = None
        self._count = 0

    def start(self) -> None:
        """Begin to look."""
        Window.bind(on_flip=self._flipped)
        Clock.schedule_interval(lambda _: self._look(), LOOK_S)

    @property
    def pending(self) -> bool:
        """Whether something was drawn that is not settled yet."""
        return self._drawn_at is not None

    def _flipped(self, *_: object) -> None:
        self._drawn_at = self._clock()

    def _look(self) -> None:
        if self._drawn_at is None or self._clock() - self._drawn_at < SETTLED_S or self._stage.view is None:
            return
        self._drawn_at = None
        shown = replace(self._stage.view, notice="soon" if self._stage.view.notice else "")
        if shown != self._taken:
            self._taken = shown
            self._count += 1
            name = f"{self._count:03d}-{shown.screen}.png"
            half = self._folder / f"{name}.part"
            try:
                window_picture().save(half, "png")
                half.rename(self._folder / name)
            except OSError as error:  # a full disk must not darken the glass
                log.warning("%s: %s", self._folder / name, error.strerror)


def window_picture() -> Image.Image:
    """Return what the window shows."""
    width, height = map(int, Window.system_size)
    Window.dispatch("on_draw")
    pixels = glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)
    return Image.frombytes("RGB", (width, height), pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM)

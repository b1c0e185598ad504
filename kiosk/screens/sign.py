"""A sign that says with a shape what the words beside it say."""

from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.graphics import Color, SmoothEllipse, SmoothLine, SmoothRoundedRectangle
from kivy.lang import Builder
from kivy.properties import ObjectProperty, StringProperty
from kivy.uix.widget import Widget
from kivy.utils import get_color_from_hex

from .themes import DAY

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class KioskSign(Widget):
    """A disc with a pause, a clock, an exclamation mark, a tick or three dots."""

    kind = StringProperty()
    theme = ObjectProperty(DAY)

    def __init__(self, **properties: Any) -> None:  # noqa: ANN401 - whatever Kivy takes
        super().__init__(**properties)
        redraw = Clock.create_trigger(self._draw, -1)
        self.bind(kind=redraw, pos=redraw, size=redraw, theme=redraw)

    def _draw(self, *_: object) -> None:
        self.canvas.clear()
        r = min(self.width, self.height) / 2
        with self.canvas:
            Color(*get_color_from_hex(self.theme.frame))
            SmoothEllipse(pos=(self.center_x - r, self.center_y - r), size=(2 * r, 2 * r))
            Color(*get_color_from_hex(self.theme.tick))
            SHAPES.get(self.kind, _exclamation)(self.center_x, self.center_y, r)


def _pause(x: float, y: float, r: float) -> None:
    for left in (x - 0.34 * r, x + 0.12 * r):
        SmoothRoundedRectangle(pos=(left, y - 0.42 * r), size=(0.22 * r, 0.84 * r), radius=[0.08 * r])


def _clock(x: float, y: float, r: float) -> None:
    SmoothLine(circle=(x, y, 0.62 * r), width=0.05 * r)
    SmoothLine(points=[x, y + 0.4 * r, x, y, x + 0.28 * r, y - 0.16 * r], width=0.05 * r)


def _dots(x: float, y: float, r: float) -> None:
    for at in (x - 0.42 * r, x, x + 0.42 * r):
        SmoothEllipse(pos=(at - 0.11 * r, y - 0.11 * r), size=(0.22 * r, 0.22 * r))


def _exclamation(x: float, y: float, r: float) -> None:
    SmoothRoundedRectangle(pos=(x - 0.1 * r, y - 0.16 * r), size=(0.2 * r, 0.68 * r), radius=[0.09 * r])
    SmoothEllipse(pos=(x - 0.12 * r, y - 0.52 * r), size=(0.24 * r, 0.24 * r))


def _tick(x: float, y: float, r: float) -> None:
    SmoothLine(points=[x - 0.42 * r, y, x - 0.12 * r, y - 0.3 * r, x + 0.44 * r, y + 0.34 * r], width=0.075 * r)


SHAPES = {
    "out_of_service": _pause,
    "closed": _clock,
    "waiting": _dots,
    "starting": _dots,
    "printing": _dots,
    "printed": _tick,
}

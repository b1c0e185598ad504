"""Small drawings beside the words of a button."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.graphics import Color, Line, SmoothEllipse, SmoothLine
from kivy.lang import Builder
from kivy.properties import ColorProperty, StringProperty
from kivy.uix.widget import Widget

from . import pictograms

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class KioskIcon(Widget):
    """A line drawing of `kind`; nothing at all without one."""

    kind = StringProperty()
    color = ColorProperty("#000000")

    def __init__(self, **properties: Any) -> None:  # noqa: ANN401 - whatever Kivy takes
        super().__init__(**properties)
        redraw = Clock.create_trigger(self._draw, -1)
        self.bind(kind=redraw, color=redraw, pos=redraw, size=redraw)

    def _draw(self, *_: object) -> None:
        self.canvas.clear()
        if self.kind in DRAWINGS:
            with self.canvas:
                Color(*self.color)
                DRAWINGS[self.kind](self.center_x, self.center_y, min(self.size) / 2)


def _large(x: float, y: float, r: float) -> None:
    """Draw a small letter beside a large one."""
    for left, width, height in ((x - r, 0.62 * r, 0.8 * r), (x - 0.2 * r, 1.2 * r, 1.6 * r)):
        bottom = y - 0.8 * r
        top = (left + width / 2, bottom + height)
        SmoothLine(points=[left, bottom, *top, left + width, bottom], width=0.08 * r, joint="round", cap="round")
        bar = bottom + 0.34 * height
        SmoothLine(points=[left + 0.19 * width, bar, left + 0.81 * width, bar], width=0.07 * r)


def _contrast(x: float, y: float, r: float) -> None:
    SmoothLine(circle=(x, y, 0.84 * r), width=0.08 * r)
    SmoothEllipse(pos=(x - 0.84 * r, y - 0.84 * r), size=(1.68 * r, 1.68 * r), angle_start=0, angle_end=180)


def _low(x: float, y: float, r: float) -> None:
    SmoothLine(points=[x, y + 0.9 * r, x, y - 0.4 * r], width=0.09 * r)
    SmoothLine(points=[x - 0.46 * r, y, x, y - 0.46 * r, x + 0.46 * r, y], width=0.09 * r, joint="round", cap="round")
    SmoothLine(points=[x - 0.8 * r, y - 0.86 * r, x + 0.8 * r, y - 0.86 * r], width=0.09 * r, cap="round")


def _globe(x: float, y: float, r: float) -> None:
    SmoothLine(circle=(x, y, 0.86 * r), width=0.07 * r)
    Line(ellipse=(x - 0.4 * r, y - 0.86 * r, 0.8 * r, 1.72 * r), width=0.06 * r)
    SmoothLine(points=[x - 0.86 * r, y, x + 0.86 * r, y], width=0.06 * r)


def _search(x: float, y: float, r: float) -> None:
    SmoothLine(circle=(x - 0.2 * r, y + 0.2 * r, 0.56 * r), width=0.09 * r)
    SmoothLine(points=[x + 0.22 * r, y - 0.22 * r, x + 0.8 * r, y - 0.8 * r], width=0.13 * r, cap="round")


def _erase(x: float, y: float, r: float) -> None:
    edge = [x + r, y + 0.6 * r, x - 0.3 * r, y + 0.6 * r, x - r, y, x - 0.3 * r, y - 0.6 * r, x + r, y - 0.6 * r]
    SmoothLine(points=edge, width=0.08 * r, close=True, joint="round")
    for up in (-1, 1):
        SmoothLine(points=[x - 0.1 * r, y - 0.26 * up * r, x + 0.5 * r, y + 0.26 * up * r], width=0.08 * r, cap="round")


def _softer(x: float, y: float, r: float) -> None:
    SmoothLine(points=[x - 0.6 * r, y, x + 0.6 * r, y], width=0.12 * r, cap="round")


def _louder(x: float, y: float, r: float) -> None:
    _softer(x, y, r)
    SmoothLine(points=[x, y - 0.6 * r, x, y + 0.6 * r], width=0.12 * r, cap="round")


DRAWINGS: dict[str, Callable[[float, float, float], None]] = {
    "large": _large,
    "contrast": _contrast,
    "low": _low,
    "globe": _globe,
    "search": _search,
    "erase": _erase,
    "softer": _softer,
    "louder": _louder,
    "loop": pictograms.loop,
    "hands": pictograms.hands,
}

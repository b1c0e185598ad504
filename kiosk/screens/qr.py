"""A code that a telephone reads from the glass."""

from typing import Any

import qrcode
from kivy.clock import Clock
from kivy.graphics import Color, Rectangle, SmoothRoundedRectangle
from kivy.properties import StringProperty
from kivy.uix.widget import Widget
from kivy.utils import get_color_from_hex

from .themes import DAY

QUIET = 4  # white modules around it, as the standard asks


class KioskQr(Widget):
    """The code of `content` on a white tile, as large as its place; nothing at all without content."""

    content = StringProperty()

    def __init__(self, **properties: Any) -> None:  # noqa: ANN401 - whatever Kivy takes
        super().__init__(**properties)
        redraw = Clock.create_trigger(self._draw, -1)
        self.bind(content=redraw, pos=redraw, size=redraw)

    def _draw(self, *_: object) -> None:
        self.canvas.clear()
        if not self.content:
            return
        modules = matrix(self.content)
        # Whole pixels to a module: a blurred edge costs the telephone more than a smaller code.
        module = max(1, int(min(self.size)) // (len(modules) + 2 * QUIET))
        tile = module * (len(modules) + 2 * QUIET)
        left, bottom = round(self.center_x - tile / 2), round(self.center_y - tile / 2)
        with self.canvas:
            Color(*get_color_from_hex(DAY.on_band))
            SmoothRoundedRectangle(pos=(left, bottom), size=(tile, tile), radius=[3 * module])
            Color(*get_color_from_hex(DAY.band))
            for x, y, length in runs(modules):
                at = left + (QUIET + x) * module, bottom + (QUIET + len(modules) - 1 - y) * module
                Rectangle(pos=at, size=(length * module, module))


def matrix(content: str) -> list[list[bool]]:
    """Return the code's modules, row by row from the top."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(content)
    modules: list[list[bool]] = code.get_matrix()
    return modules


def runs(modules: list[list[bool]]) -> list[tuple[int, int, int]]:
    """Return the dark bars of each row: where they begin and how long they are."""
    bars = []
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            length = next((n for n in range(len(row) - x) if not row[x + n]), len(row) - x)
            if length:
                bars.append((x, y, length))
            x += max(1, length)
    return bars

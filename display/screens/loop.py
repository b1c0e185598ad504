"""The sign of the hall's induction loop: an ear with a bar across, and the T to which a hearing aid is set."""

from kivy.clock import Clock
from kivy.graphics import Color, SmoothLine
from kivy.properties import NumericProperty, ObjectProperty
from kivy.uix.widget import Widget
from kivy.utils import rgba

from display.look import Look

STEPS = 14  # of a curve
# Each line as parts of half the side from the middle: of a curve its beginning, two points that bend it, and its end.
EAR = (
    (-0.62, 0.3, -0.62, 0.92, 0.42, 0.92, 0.38, 0.24),
    (0.38, 0.24, 0.34, -0.16, 0.02, -0.16, 0.0, -0.46),
    (0.0, -0.46, -0.02, -0.82, -0.48, -0.82, -0.5, -0.46),
    (-0.34, 0.26, -0.34, 0.58, 0.12, 0.58, 0.1, 0.22),
    (0.1, 0.22, 0.08, 0.02, -0.14, 0.04, -0.16, -0.18),
)
BARS = (
    (-0.9, -0.92, -0.66, -0.68),
    (0.5, 0.6, 0.86, 0.94),
    (0.34, -0.3, 0.9, -0.3),
    (0.62, -0.3, 0.62, -0.9),
)


class WallLoop(Widget):
    """The sign, `side` pixels wide; nothing at all while that is 0."""

    look = ObjectProperty(Look(), rebind=True)
    side = NumericProperty(0)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(size_hint_x=None, **kwargs)
        redraw = Clock.create_trigger(self._draw, -1)
        self.bind(look=redraw, side=redraw, pos=redraw, size=redraw)

    def _draw(self, *_: object) -> None:
        self.width, self.opacity = self.side, 1 if self.side else 0
        self.canvas.clear()
        r = self.side / 2
        if not r:
            return
        with self.canvas:
            Color(*rgba(self.look.theme.header_ink))
            for line in (*(_along(curve) for curve in EAR), *BARS):
                points = [(self.center_y if at % 2 else self.center_x) + r * part for at, part in enumerate(line)]
                SmoothLine(points=points, width=0.075 * r, joint="round", cap="round")


def _along(curve: tuple[float, ...]) -> list[float]:
    found: list[float] = []
    for step in range(STEPS + 1):
        t = step / STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        found += [sum(weight * curve[2 * at + axis] for at, weight in enumerate(weights)) for axis in (0, 1)]
    return found

"""The signs of an induction loop and of sign language, drawn with lines."""

from kivy.graphics import SmoothLine, SmoothRoundedRectangle

STEPS = 14  # of a curve
Curve = tuple[float, ...]  # x and y of its beginning, of two points that bend it, and of its end

OUTER_EAR = (
    (-0.62, 0.3, -0.62, 0.92, 0.42, 0.92, 0.38, 0.24),
    (0.38, 0.24, 0.34, -0.16, 0.02, -0.16, 0.0, -0.46),
    (0.0, -0.46, -0.02, -0.82, -0.48, -0.82, -0.5, -0.46),
)
INNER_EAR = (
    (-0.34, 0.26, -0.34, 0.58, 0.12, 0.58, 0.1, 0.22),
    (0.1, 0.22, 0.08, 0.02, -0.14, 0.04, -0.16, -0.18),
)
# A short finger, three long ones; and which way each hand looks.
FINGERS = (0.5, 0.66, 0.7, 0.6)
HANDS = ((-0.44, -0.12, 1), (0.44, 0.12, -1))


def loop(x: float, y: float, r: float) -> None:
    """Draw an ear with a bar across, and the T to which a hearing aid is set."""
    for ear in (OUTER_EAR, INNER_EAR):
        points = [at for curve in ear for at in _along(curve)]
        SmoothLine(points=_placed(points, x, y, r), width=0.075 * r, joint="round", cap="round")
    for bar in ((-0.9, -0.92, -0.66, -0.68), (0.5, 0.6, 0.86, 0.94)):
        SmoothLine(points=_placed(bar, x, y, r), width=0.075 * r, cap="round")
    for bar in ((0.34, -0.3, 0.9, -0.3), (0.62, -0.3, 0.62, -0.9)):
        SmoothLine(points=_placed(bar, x, y, r), width=0.09 * r, cap="round")


def hands(x: float, y: float, r: float) -> None:
    """Draw two hands that sign to each other."""
    for left, up, way in HANDS:
        at_x, at_y, s = x + left * r, y + up * r, 0.95 * r
        SmoothRoundedRectangle(pos=(at_x - 0.31 * s, at_y - 0.62 * s), size=(0.62 * s, 0.62 * s), radius=[0.16 * s])
        for finger, length in enumerate(FINGERS):
            across = at_x + way * (-0.24 + 0.16 * finger) * s
            SmoothLine(points=[across, at_y - 0.1 * s, across, at_y + length * s], width=0.06 * s, cap="round")
        thumb = [at_x + way * 0.2 * s, at_y - 0.4 * s, at_x + way * 0.5 * s, at_y - 0.02 * s]
        SmoothLine(points=thumb, width=0.07 * s, cap="round")


def _along(curve: Curve) -> list[float]:
    """Return points along a Bezier curve."""
    found: list[float] = []
    for step in range(STEPS + 1):
        t = step / STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        found += [sum(weight * curve[2 * at + axis] for at, weight in enumerate(weights)) for axis in (0, 1)]
    return found


def _placed(points: Curve | list[float], x: float, y: float, r: float) -> list[float]:
    return [(y if at % 2 else x) + r * part for at, part in enumerate(points)]

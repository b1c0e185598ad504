"""How large letters must be to be read from where people stand. Pure."""

import math

from msgspec import Struct

# EN 301 549: a capital H of at least so many degrees in the eye of the reader.
DEGREES = 0.7
# A capital of the wall's typeface, as a share of the font's size.
CAPITAL = 0.711
MM_AN_INCH = 25.4


class Reading(Struct, frozen=True):
    """A screen, and from how far it is read; without `height_mm` its height follows from the diagonal."""

    distance_m: float = 5.0
    diagonal_inches: float = 55.0
    height_mm: float = 0.0

    def mm_a_pixel(self, width: int, height: int) -> float:
        """Return the size of a pixel of a picture that fills the screen."""
        return (self.height_mm or self.diagonal_inches * MM_AN_INCH * height / math.hypot(width, height)) / height

    def smallest_font(self, width: int, height: int) -> float:
        """Return the size in pixels below which nobody could be expected to read."""
        return smallest_capital_mm(self.distance_m) / self.mm_a_pixel(width, height) / CAPITAL


def smallest_capital_mm(distance_m: float) -> float:
    """Return the height of the smallest capital that can be read from there: 61 mm at 5 m."""
    return 2 * distance_m * 1000 * math.tan(math.radians(DEGREES / 2))

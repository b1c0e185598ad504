"""The glass in millimetres, and how a screen is divided on it. Pure functions.

The thresholds are those of EN 301 549 and of docs/accessibility.md: letters of 0.7 degrees for who wants them large,
targets of 20 mm for everybody, and nothing to touch above 1220 mm for who sits.
"""

from msgspec import Struct

LONG, SHORT = 1920, 1080  # of the panel that the screens are drawn for; a unit is one of its pixels

CAPITAL_MM = 7.3  # a capital H, 0.7 degrees at 600 mm
CAPITAL_OF_SIZE = 0.711  # a capital H of Roboto, as a share of the font's size
LINE_OF_SIZE = 1.2
LARGE_UNITS = 38  # large letters are that large on the largest panel too
TARGET_MM = 20.0
REACH_MM = 1220.0  # above the floor

ROWS_MOST = {True: 7, False: 4}  # of choices on a standing panel, and on a lying one
FOOTER_ROWS = {True: 3, False: 2}
KEYBOARD_ROWS = 4
RESULTS_MOST = 4
CARD_UNITS = 112  # the least that a choice needs
CARD_LINES = 6  # ... and in large letters
CARD_GAP_UNITS = 18


class Modes(Struct, frozen=True):
    """How one resident wants the screen to be; the next one begins anew."""

    large: bool = False
    contrast: bool = False
    low: bool = False


class Panel(Struct, frozen=True):
    """A window of so many pixels, whose longer side has so many millimetres, so high above the floor."""

    width: float = SHORT
    height: float = LONG
    long_mm: float = 531.0
    bottom_mm: float = 850.0

    @property
    def portrait(self) -> bool:
        """Whether it stands."""
        return self.height >= self.width

    @property
    def unit(self) -> float:
        """Return the pixels of a unit."""
        return min(max(self.width, self.height) / LONG, min(self.width, self.height) / SHORT)

    @property
    def pixels_per_mm(self) -> float:
        """Return how dense the pixels are."""
        return max(self.width, self.height) / self.long_mm

    @property
    def reach(self) -> float:
        """Return the height of the part that can be reached from a wheelchair, in pixels from below."""
        return min(self.height, max(0.0, REACH_MM - self.bottom_mm) * self.pixels_per_mm)


class Plan(Struct, frozen=True):
    """Where things stand on a panel, in pixels."""

    least: float  # font size; 0: as small as the words need
    key: float  # height of what is tapped in a row
    header: float
    heading: float
    lowered: float  # so much of it is empty: everything stands lower, for who sits
    notice: float  # that the screen is about to go away
    footer: float  # of a screen to choose from
    columns: int  # of choices
    keys_in_row: int  # of the ways elsewhere
    at_once: int  # so many choices need no turning of pages
    per_page: int  # ... and where there are more, so many stand on each page
    results: int  # of a search, beside its keyboard


def plan(panel: Panel, modes: Modes) -> Plan:
    """Divide the panel as a resident wants it."""
    u, standing = panel.unit, panel.portrait
    least = max(LARGE_UNITS * u, CAPITAL_MM * panel.pixels_per_mm / CAPITAL_OF_SIZE) if modes.large else 0.0
    line = least * LINE_OF_SIZE
    key = max(104 * u, TARGET_MM * panel.pixels_per_mm, 2 * line + 12 * u)
    header = max((140 if standing else 96) * u, 2 * line + 36 * u)
    heading = max((232 if standing else 156) * u, (4.4 if standing else 3.4) * line + 60 * u)
    lowered = max(0.0, panel.height - header - panel.reach - heading) if modes.low else 0.0
    rows = FOOTER_ROWS[standing]
    footer = rows * key + (rows - 1) * 16 * u + 44 * u
    room = panel.height - header - heading - lowered - footer - 12 * u
    turning = key + 16 * u
    card = max(CARD_UNITS * u, CARD_LINES * line + 32 * u if modes.large else 0) + CARD_GAP_UNITS * u
    keyboard = KEYBOARD_ROWS * turning if standing else 0.0
    # A card as wide as the panel needs half the height; two side by side are better where they fit.
    columns = 1 if standing or room - turning < card else 2
    return Plan(
        least=least,
        key=key,
        header=header,
        heading=heading + lowered,
        lowered=lowered,
        notice=max(72 * u, (2 if standing else 1) * line + 24 * u),
        footer=footer,
        columns=columns,
        keys_in_row=(2 if modes.large else 4) if standing else 4 if modes.large else 6,
        at_once=columns * _rows(room, card, standing=standing),
        per_page=columns * _rows(room - turning, card, standing=standing),
        results=max(1, min(RESULTS_MOST, int((room + footer - turning - 44 * u - keyboard) // card))),
    )


def needs_low_reach(panel: Panel) -> bool:
    """Whether a resident who sits cannot reach all of it anyway."""
    ordinary = plan(panel, Modes())
    return panel.reach < panel.height - ordinary.header - ordinary.heading


def _rows(room: float, card: float, *, standing: bool) -> int:
    return max(1, min(ROWS_MOST[standing], int(room // card)))

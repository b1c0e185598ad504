"""The kiosk's colours, and its one measure: a unit is a pixel of a 1080 by 1920 (or 1920 by 1080) panel."""

from kivy.event import EventDispatcher
from kivy.properties import BooleanProperty, NumericProperty

NAVY = "#0B2545"
BLUE = "#13315C"
WHITE = "#FFFFFF"
AMBER = "#FFB703"  # the accent: what matters now
GROUND = "#EEF2F6"
SLATE = "#44566C"  # quiet words
LINE = "#C3CEDA"  # edges, never words
FLAT = "#E1E7EE"  # what cannot be taken
PALE = "#FFF0C2"  # under a finger

# Words, and what they stand on.
WORDS_ON = (
    (WHITE, NAVY),
    (WHITE, BLUE),
    (AMBER, NAVY),
    (NAVY, AMBER),
    (NAVY, WHITE),
    (NAVY, GROUND),
    (NAVY, PALE),
    (SLATE, WHITE),
    (SLATE, GROUND),
    (SLATE, FLAT),
    (SLATE, PALE),
)

LONG, SHORT = 1920, 1080


class Look(EventDispatcher):
    """How large a unit is on this window, and which way it stands."""

    u = NumericProperty(1.0)
    portrait = BooleanProperty(defaultvalue=True)

    def fit(self, width: float, height: float) -> None:
        """Fit the drawing to a window."""
        self.portrait = height >= width
        long, short = (height, width) if self.portrait else (width, height)
        self.u = min(long / LONG, short / SHORT)


look = Look()

"""The kiosk's colours by what they are for: by day, and for who needs strong contrast."""

from msgspec import Struct


class Theme(Struct, frozen=True):
    """Colours; `on_x` is what stands on `x`."""

    band: str  # the office's name, and the slip with the number
    on_band: str
    number: str  # on the band
    ground: str
    words: str  # on the ground, on cards, under a finger
    quiet: str
    accent: str  # what matters now
    on_accent: str
    card: str
    edge: str  # of cards and buttons
    frame: str
    flat: str  # what cannot be taken
    badge: str  # ... and its letter
    on_badge: str
    pressed: str
    chosen: str
    on_chosen: str
    tick: str  # on what is chosen
    ring: str  # around what a keypad stands on


DAY = Theme(
    band="#0B2545",
    on_band="#FFFFFF",
    number="#FFB703",
    ground="#EEF2F6",
    words="#0B2545",
    quiet="#44566C",
    accent="#FFB703",
    on_accent="#0B2545",
    card="#FFFFFF",
    edge="#74869B",
    frame="#0B2545",
    flat="#E1E7EE",
    badge="#C3CEDA",
    on_badge="#0B2545",
    pressed="#FFF0C2",
    chosen="#0B2545",
    on_chosen="#FFFFFF",
    tick="#FFB703",
    ring="#B3261E",
)
CONTRAST = Theme(
    band="#000000",
    on_band="#FFFFFF",
    number="#FFE500",
    ground="#000000",
    words="#FFFFFF",
    quiet="#FFFFFF",
    accent="#FFE500",
    on_accent="#000000",
    card="#000000",
    edge="#FFFFFF",
    frame="#FFFFFF",
    flat="#2B2B2B",
    badge="#4D4D4D",
    on_badge="#FFFFFF",
    pressed="#00356B",
    chosen="#FFFFFF",
    on_chosen="#000000",
    tick="#000000",
    ring="#FFE500",
)

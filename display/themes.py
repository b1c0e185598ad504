"""The wall's colours, theme by theme: words at least 4.5 to 1 on what they stand on, signs at least 3 to 1."""

from msgspec import Struct


class Theme(Struct, frozen=True):
    """A colour for each role; `quiet` words are the less important ones, `accent` the desk to go to."""

    header: str
    header_ink: str
    header_quiet: str
    header_edge: str
    ground: str
    ink: str
    quiet: str
    line: str  # hairlines that only please the eye
    card: str
    card_edge: str
    card_ink: str
    card_quiet: str
    calm: str  # under the newest call once it was announced
    calm_ink: str
    calm_accent: str
    calm_quiet: str
    new: str  # under a call while it is announced
    new_ink: str


_NAVY, _BLUE, _AMBER, _MIST, _SLATE = "#0B2545", "#13315C", "#FFB703", "#C9D6E3", "#44566C"

LIGHT = Theme(
    header=_NAVY,
    header_ink="#FFFFFF",
    header_quiet=_MIST,
    header_edge=_NAVY,
    ground="#EEF4ED",
    ink=_NAVY,
    quiet=_SLATE,
    line="#D5DFE6",
    card="#FFFFFF",
    card_edge="#FFFFFF",
    card_ink=_NAVY,
    card_quiet=_SLATE,
    calm=_BLUE,
    calm_ink="#FFFFFF",
    calm_accent=_AMBER,
    calm_quiet=_MIST,
    new=_AMBER,
    new_ink=_NAVY,
)

DARK = Theme(
    header="#0A1420",
    header_ink="#FFFFFF",
    header_quiet="#AFC0D2",
    header_edge="#24384F",
    ground="#0F1D2E",
    ink="#F2F6FA",
    quiet="#AFC0D2",
    line="#24384F",
    card="#1A2D44",
    card_edge="#1A2D44",
    card_ink="#FFFFFF",
    card_quiet="#B9C8D8",
    calm="#16304F",
    calm_ink="#FFFFFF",
    calm_accent=_AMBER,
    calm_quiet=_MIST,
    new=_AMBER,
    new_ink="#0A1420",
)

CONTRAST = Theme(
    header="#000000",
    header_ink="#FFFFFF",
    header_quiet="#FFFFFF",
    header_edge="#FFFFFF",
    ground="#000000",
    ink="#FFFFFF",
    quiet="#FFFFFF",
    line="#FFFFFF",
    card="#000000",
    card_edge="#FFFFFF",
    card_ink="#FFFFFF",
    card_quiet="#FFFFFF",
    calm="#000000",
    calm_ink="#FFFFFF",
    calm_accent="#FFE600",
    calm_quiet="#FFFFFF",
    new="#FFE600",
    new_ink="#000000",
)

THEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

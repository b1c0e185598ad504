"""The wall's few colours; every pair that carries words is at least 4.5 to 1."""

NAVY = "#0B2545"
BLUE = "#13315C"
WHITE = "#FFFFFF"
AMBER = "#FFB703"
LIGHT = "#EEF4ED"
MIST = "#C9D6E3"  # quiet words on navy and blue
SLATE = "#44566C"  # quiet words on white and light
LINE = "#D5DFE6"  # hairlines, never words

# Words, and what they stand on.
WORDS_ON = (
    (WHITE, NAVY),
    (WHITE, BLUE),
    (MIST, NAVY),
    (MIST, BLUE),
    (AMBER, BLUE),
    (NAVY, AMBER),
    (NAVY, WHITE),
    (NAVY, LIGHT),
    (SLATE, WHITE),
    (SLATE, LIGHT),
)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2.2 measures it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004

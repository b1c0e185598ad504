"""How wide words are in the wall's typeface, and on how many lines they stand."""

from functools import lru_cache

from kivy.core.text import Label as CoreLabel

from display.pages import MORE, hyphenated, kept_together, text_pages

TYPEFACE = "Roboto"
# The height of a line of the typeface, as a share of the font's size.
NATURAL_LINE = 1.172
# No honest name comes near it; measuring anything longer would only cost time.
LONGEST = 160


def clean(words: str) -> str:
    """Return words as they may be drawn: one line, nothing that cuts it short, not endless."""
    return " ".join(words[:LONGEST].replace("\0", "").split())


@lru_cache(8192)
def line_width(words: str, font_size: float, *, bold: bool = False) -> float:
    """Measure words that stand on one line."""
    return float(_of_size(font_size, bold=bold).get_extents(words)[0])


def widest(words: list[str], font_size: float, *, bold: bool = False) -> float:
    """Measure the widest of some words; there may be none."""
    return max((line_width(word, font_size, bold=bold) for word in words), default=0.0)


def wrapped(text: str, font_size: float, width: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines; a word wider than a line has one to itself."""
    space = line_width(" ", font_size, bold=bold)
    lines: list[str] = []
    room = 0.0
    for word in kept_together(text.split(), lambda words: line_width(words, font_size, bold=bold) <= width):
        needed = line_width(word, font_size, bold=bold)
        if lines and needed + space <= room:
            lines[-1] += f" {word}"
            room -= needed + space
        else:
            lines.append(word)
            room = width - needed
    return lines


def unbroken(text: str, font_size: float, width: float, *, bold: bool = False) -> str:
    """Return a text in which every word that is wider than a line is broken between its syllables."""
    return " ".join(
        hyphenated(word, lambda part: line_width(part, font_size, bold=bold) <= width) for word in text.split()
    )


def paged(text: str, font_size: float, width: float, lines: int, *, bold: bool = False) -> list[str]:
    """Cut a text into pages of so many lines; a word wider than a line is broken."""

    def fits(part: str) -> bool:
        return len(wrapped(part, font_size, width, bold=bold)) <= lines

    whole = unbroken(text, font_size, width, bold=bold)
    if fits(whole):
        return [whole] if whole else []
    # A word has an ellipsis after it at the end of a page; before it as well where a page is but one line.
    after = line_width(MORE, font_size, bold=bold)
    before = line_width(f"{MORE} ", font_size, bold=bold) if lines == 1 else 0.0
    words = text.split()
    parts = (
        unbroken(word, font_size, width - bool(at) * before - (at < len(words) - 1) * after, bold=bold)
        for at, word in enumerate(words)
    )
    return text_pages(" ".join(parts), fits)


@lru_cache(64)
def _of_size(font_size: float, *, bold: bool) -> CoreLabel:
    return CoreLabel(font_size=font_size, bold=bold, font_name=TYPEFACE)

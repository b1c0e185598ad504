"""Words broken into lines that please the eye: even ones, without a lone preposition at an end."""

import re
import textwrap
import unicodedata

_NO_BREAK = "\u00a0"
# Polish and Ukrainian typography: a one-letter word goes with the word after it.
_ONE_LETTER_WORD = re.compile(r"(?<!\S)([aiouwzаеоуівзйя]) ", re.IGNORECASE)


def wrapped(text: str, columns: int) -> list[str]:
    """Break `text` into as few lines of at most `columns` letters as will hold it, as even as they can be."""
    bound = _ONE_LETTER_WORD.sub(rf"\1{_NO_BREAK}", printable(text))
    fewest = _broken(bound, columns)
    if len(fewest) > 1:
        longest_word = max(map(len, bound.split(" ")))
        for width in range(max(-(-len(bound) // len(fewest)), longest_word), columns):
            even = _broken(bound, width)
            if len(even) == len(fewest):
                fewest = even
                break
    return [line.replace(_NO_BREAK, " ") for line in fewest]


def printable(text: str) -> str:
    """Return `text` with every letter in one piece and no control characters: a name must not command a printer."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in composed).split())


def _broken(text: str, columns: int) -> list[str]:
    return textwrap.wrap(text, columns, break_on_hyphens=False)

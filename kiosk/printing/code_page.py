"""Text in the code pages of the printer: the letters that they have, and never a question mark."""

from collections.abc import Sequence

# Signs that may be written more plainly; letters never are.
_PLAINER = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "„": '"', "”": '"', "“": '"', "’": "'", "‘": "'", "…": "...", "\u00a0": " "}
)


def encoded(text: str, page: str) -> bytes | None:
    """Write `text` in `page`, plainer signs allowed; None where the page lacks a letter."""
    try:
        return text.encode(page)
    except UnicodeEncodeError:
        pass
    try:
        return text.translate(_PLAINER).encode(page)
    except UnicodeEncodeError:
        return None


def written(text: str, pages: Sequence[str], current: str) -> tuple[str, bytes] | None:
    """Write `text` in the `current` page if it can be, else in the first of `pages` that can; None: draw it."""
    for page in (current, *pages) if current in pages else pages:
        if (letters := encoded(text, page)) is not None:
            return page, letters
    return None

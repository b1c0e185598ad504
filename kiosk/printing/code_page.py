"""Text in one fixed code page of the printer: the letters that it has, and never a question mark."""

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


def best_page(texts: Sequence[str], pages: Sequence[str]) -> tuple[str, list[bytes | None]]:
    """Choose the first of `pages` that leaves the fewest of `texts` unwritten, and write them in it."""
    best: tuple[str, list[bytes | None]] = ("", [None] * len(texts))
    for page in pages:
        written = [encoded(text, page) for text in texts]
        if None not in written:
            return page, written
        if not best[0] or written.count(None) < best[1].count(None):
            best = page, written
    return best

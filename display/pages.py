"""What has no room at once is shown in pages: texts cut between words, rows packed into rooms. Pure."""

import re
from collections.abc import Callable, Sequence

MORE = "…"
SHORTEST_PART = 3  # letters of a broken word
_VOWELS = "aąeęioóuyаеєиіїоуюя"
_PAIRS = "sz|cz|rz|ch|dz|dź|dż|th|sh"  # two letters for one sound
# Where a syllable may begin: a consonant and a vowel, unless that tears a pair apart.
_SYLLABLE = re.compile(rf"(?!(?<=[sczrd])[zh])(?:{_PAIRS}|[^\W\d_{_VOWELS}])[{_VOWELS}]", re.IGNORECASE)


def text_pages(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Cut a text into pages that fit, an ellipsis at each cut; a single word that fits nowhere is left whole."""
    pages: list[str] = []
    words = kept_together(text.split(), fits)
    while words:
        lead = f"{MORE} " if pages else ""
        taken = len(words)
        if not fits(lead + " ".join(words)):
            taken = 1
            while fits(lead + " ".join(words[: taken + 1]) + MORE):
                taken += 1
        pages.append(lead + " ".join(words[:taken]) + (MORE if taken < len(words) else ""))
        words = words[taken:]
    return pages


def hyphenated(word: str, fits: Callable[[str], bool]) -> str:
    """Break a word that fits nowhere into parts that do, between syllables where there are any; parts end in "-"."""
    if fits(word) or len(word) < 2 * SHORTEST_PART:
        return word
    most = 1
    while fits(word[: most + 1] + "-"):
        most += 1
    least = min(SHORTEST_PART, most)
    between = [at for at in range(most, least - 1, -1) if _SYLLABLE.match(word, at)]
    at = next((at for at in between if len(word) - at >= SHORTEST_PART), most)
    return f"{word[:at]}- {hyphenated(word[at:], fits)}"


def packed(heights: Sequence[float], room: float) -> list[range]:
    """Pack rows of these heights into pages, each as full as their order allows; a page holds one row at least."""
    pages: list[range] = []
    start, used = 0, 0.0
    for at, height in enumerate(heights):
        if at > start and used + height > room:
            pages.append(range(start, at))
            start, used = at, 0.0
        used += height
    return [*pages, range(start, len(heights))] if heights else []


def page_at(beat: int, pages: int) -> int:
    """Return which of so many pages stands at this beat; they turn for ever."""
    return beat % pages if pages else 0


def kept_together(words: Sequence[str], fits: Callable[[str], bool]) -> list[str]:
    """Join "w", "i", "z" to the word after them where both fit: no Polish line or page should end in them."""
    kept: list[str] = []
    held = ""
    for word in words:
        both = f"{held} {word}" if held else word
        if held and not fits(both):
            kept.append(held)
            both = word
        held = both if len(word) == 1 else ""
        if not held:
            kept.append(both)
    return [*kept, held] if held else kept

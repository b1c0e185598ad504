"""Written words made fit for the ear: numbers of tickets, ranges, dots between parts. Pure functions."""

import re
from gettext import NullTranslations

from broker.contract.messages import Minutes

_PARTS = re.compile("\\s*[\u00a0 ]·\\s*")
_RANGE = re.compile(r"(\d+)–(\d+)")
# Alone, these Polish letters are words and would be swallowed; the comma makes the synthesizer name them.
_POLISH_LETTERS = {"W": "wu", "Z": "zet", "Ó": "o kreskowane"} | {vowel: f"{vowel}," for vowel in "AEIOUY"}


def for_the_ear(words: NullTranslations, text: str) -> str:
    """Return a written line as it is read aloud."""
    return _RANGE.sub(
        lambda found: words.gettext("%(low)s to %(high)s") % {"low": found[1], "high": found[2]},
        _PARTS.sub(", ", text),
    )


def number_for_the_ear(number: str, language: str) -> str:
    """Return a ticket's number as it will be called: `D017` is "D 17", its letters by their names."""
    said = []
    for letters, digits in re.findall(r"([^\W\d_]+)|(\d+)", number):
        if digits:
            said.append(str(int(digits)))
        else:
            said += [_POLISH_LETTERS.get(letter, letter) if language == "pl" else letter for letter in letters.upper()]
    return " ".join(said)


def wait_for_the_ear(words: NullTranslations, minutes: Minutes | None) -> str:
    """Return an expected wait in whole words; nothing where there is too little to say."""
    if minutes is None:
        return ""
    low, high = minutes
    if high <= 0:
        return words.gettext("no wait")
    if low <= 0:
        return words.ngettext("up to %d minute", "up to %d minutes", high) % high
    if low == high:
        return words.ngettext("about %d minute", "about %d minutes", low) % low
    said = words.ngettext("from %(low)d to %(high)d minute", "from %(low)d to %(high)d minutes", high)
    return said % {"low": low, "high": high}

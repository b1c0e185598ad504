"""What the wall says of a call, in Polish words that a synthesizer cannot misread."""

import re

from broker.contract.messages import Call

from .numerals import numeral

# Alone, these letters are Polish words ("w", "z", "a", "i", "o", "u"): unnamed or without a pause they are swallowed.
# "Ó" sounds as "U" does.
_LETTER_NAMES = {"W": "wu", "Z": "zet", "Ó": "o kreskowane"} | {vowel: f"{vowel}," for vowel in "AIOUĄĘ"}


def announcement(call: Call) -> str:
    """Return the sentence for a call: "Numer D siedemnaście, stanowisko dwadzieścia sześć."."""
    label = call.label.get("pl") or next(iter(call.label.values()), call.desk)
    return f"Numer {spoken_number(call.number)}, {spoken_label(label)}."


def spoken_number(number: str) -> str:
    """Spell a ticket's letters and read its digits as one number: D017 is "D siedemnaście"."""
    words = []
    for letters, digits in re.findall(r"([^\W\d_]+)|(\d+)", number):
        words += [numeral(int(digits))] if digits else [_LETTER_NAMES.get(one, one) for one in letters.upper()]
    return " ".join(words)


def spoken_label(label: str) -> str:
    """Read a desk's label with its numbers in words: "Pokój 3" is "pokój trzy"."""
    words = re.sub(r"\d+", lambda digits: f" {numeral(int(digits[0]))} ", label)
    words = " ".join(words.split())
    return words[0].lower() + words[1:] if words[1:2].islower() else words

"""What the wall says of a call, in words that a synthesizer cannot misread. Pure.

Theory of operation. An announcement is one sentence in each language that is spoken, and a sentence is two phrases:
the number and the desk. A phrase is the smallest thing that is rendered: few of them make up all calls of a day, so
that most were rendered before they are needed.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

from broker.contract.messages import Call, Text

from .speech_tongues import TONGUES, Tongue


class Phrase(Struct, frozen=True):
    """Words in one breath: as the synthesizer gets them, and piece by piece as recordings of them would be named."""

    language: str
    text: str
    pieces: tuple[str, ...]


class Sentence(Struct, frozen=True):
    """One announcement in one language."""

    phrases: tuple[Phrase, ...]

    @property
    def text(self) -> str:
        """Return what is said, to be read."""
        return " ".join(phrase.text for phrase in self.phrases)


def announcement(call: Call, languages: Iterable[str], *, zeros: bool = False) -> tuple[Sentence, ...]:
    """Return the sentences for a call, one in each language: "Numer D siedemnaście, stanowisko dwadzieścia sześć."."""
    return tuple(
        Sentence((number_phrase(call.number, language, zeros=zeros), desk_phrase(call.label, call.desk, language)))
        for language in languages
    )


def number_phrase(number: str, language: str, *, zeros: bool = False) -> Phrase:
    """Return the first half of a sentence: "Numer D siedemnaście,"."""
    tongue = TONGUES[language]
    pieces = [tongue.number.lower()]
    for letters, digits in _runs(number):
        pieces += [*("0" * _leading(digits) if zeros else ()), str(int(digits))] if digits else letters.lower()
    return Phrase(language, f"{tongue.number} {spoken_number(number, tongue, zeros=zeros)},", tuple(pieces))


def desk_phrase(label: Text, desk: str, language: str) -> Phrase:
    """Return the second half: "stanowisko dwadzieścia sześć."; a label that is missing stays in the language it has."""
    if language not in label:
        language = next((other for other in label if other in TONGUES), language)
    words = label.get(language) or next(iter(label.values()), desk)
    pieces = (str(int(piece)) if piece.isdecimal() else piece.lower() for piece in re.findall(r"\d+|[^\W\d_]+", words))
    return Phrase(language, f"{spoken_label(words, TONGUES[language])}.", tuple(pieces))


def spoken_number(number: str, tongue: Tongue, *, zeros: bool = False) -> str:
    """Spell a ticket's letters and read its digits as one number: D017 is "D siedemnaście"."""
    words: list[str] = []
    for letters, digits in _runs(number):
        if digits:
            words += [tongue.zero] * (_leading(digits) if zeros else 0)
            words.append(tongue.numeral(int(digits)))
        else:
            words += [tongue.letters.get(one, one) for one in letters.upper()]
    return " ".join(words)


def spoken_label(label: str, tongue: Tongue) -> str:
    """Read a desk's label with its numbers in words: "Pokój 3" is "pokój trzy"."""
    words = re.sub(r"\d+", lambda digits: f" {tongue.numeral(int(digits[0]))} ", label)
    words = " ".join(words.split())
    return words[0].lower() + words[1:] if words[1:2].islower() and not tongue.capital_nouns else words


def _runs(number: str) -> list[tuple[str, str]]:
    """Take a number apart into runs of letters and of digits; of each pair one is empty."""
    return re.findall(r"([^\W\d_]+)|(\d+)", number)


def _leading(digits: str) -> int:
    """Count the zeros before a number; none before zero itself."""
    return len(digits) - len(str(int(digits)))

"""How each language of the announcements says a ticket's letters and numbers."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec import Struct

from .numerals import numeral


class Tongue(Struct, frozen=True):
    """The words of one language; a letter without a name of its own is left to the synthesizer."""

    number: str
    zero: str
    letters: Mapping[str, str]
    numeral: Callable[[int], str]
    capital_nouns: bool = False


def _digits(number: int) -> str:
    """Leave a number to the synthesizer, which says it well in this language."""
    return str(number)


def _ukrainian(number: int) -> str:
    """Write the thousands in words: the synthesizer says them in the wrong gender and case, and all else well.

    In words, it would stress most of the rest wrongly.
    """
    thousands, rest = divmod(number, 1000)
    if not 0 < thousands < 10:  # noqa: PLR2004
        return str(number)
    words = {1: "тисяча", 2: "дві тисячі", 3: "3 тисячі", 4: "4 тисячі"}.get(thousands, f"{thousands} тисяч")
    return f"{words} {rest}" if rest else words


# Alone, these letters are Polish words ("w", "z", "a", "i", "o", "u"): unnamed or without a pause they are swallowed.
# "Ó" sounds as "U" does.
_POLISH = {"W": "wu", "Z": "zet", "Ó": "o kreskowane"} | {vowel: f"{vowel}," for vowel in "AIOUĄĘ"}

_ENGLISH = {
    "Ą": "A with a tail",
    "Ć": "C with an accent",
    "Ę": "E with a tail",
    "Ł": "L with a stroke",
    "Ń": "N with an accent",
    "Ó": "O with an accent",
    "Ś": "S with an accent",
    "Ź": "Z with an accent",
    "Ż": "Z with a dot",
}

# As Ukrainian schools name the Latin letters. The vowels are words ("and", "at"), hence their pause.
_LATIN = (
    "а, бе це де е, еф ґе аш і, йот ка ель ем ен о, пе ку ер ес те у, ве дубль-ве ікс ігрек зет".split()  # noqa: SIM905
)
_UKRAINIAN = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _LATIN, strict=True)) | {
    "Ą": "а з хвостиком",
    "Ć": "це з рискою",
    "Ę": "е з хвостиком",
    "Ł": "ель перекреслене",
    "Ń": "ен з рискою",
    "Ó": "о з рискою",
    "Ś": "ес з рискою",
    "Ź": "зет з рискою",
    "Ż": "зет з крапкою",
}

_GERMAN = {
    "Ą": "A mit Häkchen",
    "Ć": "C mit Akzent",
    "Ę": "E mit Häkchen",
    "Ł": "L mit Querstrich",
    "Ń": "N mit Akzent",
    "Ó": "O mit Akzent",
    "Ś": "S mit Akzent",
    "Ź": "Z mit Akzent",
    "Ż": "Z mit Punkt",
}

TONGUES: Mapping[str, Tongue] = MappingProxyType(
    {
        "pl": Tongue("Numer", "zero", _POLISH, numeral),
        "en": Tongue("Number", "zero", _ENGLISH, _digits),
        "uk": Tongue("Номер", "нуль", _UKRAINIAN, _ukrainian),
        "de": Tongue("Nummer", "null", _GERMAN, _digits, capital_nouns=True),
    }
)

"""The language that the resident reads, and the office's names in it."""

from collections.abc import Callable, Mapping
from gettext import NullTranslations

from babel import Locale, UnknownLocaleError
from msgspec import Struct

from broker.contract.messages import Menu

from .menu import in_language, own_language

LONGEST = 160

Catalogues = Callable[[str], NullTranslations]


class Tongue(Struct, frozen=True):
    """One language: its words, and where to look next for a name that it lacks."""

    language: str
    languages: tuple[str, ...]  # all that can be chosen
    order: tuple[str, ...]
    words: NullTranslations
    in_words: Catalogues  # of the other languages

    def name(self, text: Mapping[str, str]) -> str:
        """Return a name of the office's in this language, or in the office's own."""
        return plain(in_language(text, self.order))

    def listed(self, texts: Mapping[str, list[str]]) -> list[str]:
        """Return a list of the office's in this language, or in the office's own."""
        return [plain(text) for text in next((texts[code] for code in self.order if texts.get(code)), [])]


def plain(words: str) -> str:
    """Return words as they can be drawn: one line, nothing unprintable, no longer than any honest name."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words[:LONGEST]).split())


def tongue(menu: Menu | None, chosen: str | None, otherwise: str, catalogues: Catalogues) -> Tongue:
    """Return the resident's language: the chosen one, else the office's own, else `otherwise`."""
    own = own_language(menu, otherwise)
    language = chosen or own
    languages = tuple(menu.languages) if menu and menu.languages else (own,)
    return Tongue(language, languages, (language, own, *languages), catalogues(language), catalogues)


def own_name(language: str) -> str:
    """Return what a language calls itself: Polski, English, Українська."""
    try:
        name = Locale.parse(language).get_language_name(language)
    except (UnknownLocaleError, ValueError):
        name = None
    return name[:1].upper() + name[1:] if name else language.upper()

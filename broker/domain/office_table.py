"""One table of `office.toml`, read strictly: an error names the file, the line, the key and what it should be."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from .office import Text, Words
from .toml_lines import Path, line_of, lines_of

T = TypeVar("T")

MINUTES_OF_A_DAY = 24 * 60
ALIKE = 0.7  # of 1: a letter too many, too few, another, or two that changed places

_KINDS = {str: "text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}


class BadOffice(ValueError):
    """One line: the file, the line, the key and what it should be."""


class Page:
    """The text of the file as errors need it, and the languages in which its words may be."""

    def __init__(self, text: str, source: str) -> None:
        self._lines = lines_of(text)
        self._source = source
        self.languages: tuple[str, ...] = ()

    def wrong(self, path: Path, should: str) -> BadOffice:
        """Return the error that what stands at `path` is not what it should be."""
        key = ".".join(f"[{part + 1}]" if isinstance(part, int) else part for part in path).replace(".[", "[")
        return BadOffice(f"{self._source}:{line_of(self._lines, path)}: {key} {should}")


class Table:
    """One table of `page`, whose keys are taken one by one; what is left over is unknown.

    Whatever is taken and is not what it should be is a BadOffice.
    """

    def __init__(self, page: Page, path: Path, values: dict[str, Any]) -> None:
        self.page = page
        self.path = path
        self._values = dict(values)

    def wrong(self, key: str, should: str) -> BadOffice:
        """Return the error that a key is not what it should be."""
        return self.page.wrong((*self.path, key), should)

    def missing(self, key: str, hint: str = "") -> BadOffice:
        """Return the error that a key is not there; the blame is on one that is spelt almost as it, if there is one."""
        misspelt = get_close_matches(key, self._values, n=1, cutoff=ALIKE)
        if misspelt:
            return self.wrong(misspelt[0], f"is not a key that is known here; should it be {key}?")
        return self.wrong(key, f"is missing{hint}")

    def has(self, key: str) -> bool:
        """Whether a key is there that was not taken yet."""
        return key in self._values

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        """Take a value of one kind; without a default it must be there."""
        if key not in self._values:
            if default is None:
                raise self.missing(key)
            return default
        value = self._values.pop(key)
        # To Python a bool is an int; to an office it is not.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(key, f"should be {_KINDS[kind]}")
        return value

    def number(self, key: str, default: int | None = None, least: int = 0) -> int:
        """Take a whole number, `least` or more."""
        value = self.take(key, int, default)
        if value < least:
            raise self.wrong(key, f"should be {least} or more")
        return value

    def minutes(self, key: str, default: int | None = None) -> int:
        """Take minutes, at most those of a day."""
        value = self.number(key, default)
        if value > MINUTES_OF_A_DAY:
            raise self.wrong(key, f"should be at most {MINUTES_OF_A_DAY}, the minutes of a day")
        return value

    def optional_number(self, key: str, least: int) -> int | None:
        """Take a whole number, `least` or more, if there is one."""
        return self.number(key, least=least) if key in self._values else None

    def identifier(self, key: str = "id") -> str:
        """Take an id."""
        value = self.take(key, str)
        if not value or len(value) > 64 or not all(c.isalnum() or c in "-_." for c in value):  # noqa: PLR2004
            raise self.wrong(key, "should be 1 to 64 letters, digits, - _ or .")
        return value

    def text(self, key: str) -> Text:
        """Take words in several languages; the office's own is a must."""
        table = self.take(key, dict)
        own = self.page.languages[0]
        if own not in table:
            raise self.wrong(key, f"lacks {own!r}, the office's own language")
        return self._by_language(key, table, str)

    def optional_text(self, key: str) -> Text:
        """Take words in several languages, if there are any."""
        return self.text(key) if key in self._values else {}

    def words(self, key: str) -> Words:
        """Take lists of words by language."""
        table = self._by_language(key, self.take(key, dict, {}), list)
        if not all(isinstance(word, str) for words in table.values() for word in words):
            raise self.wrong(key, "should be lists of texts by language")
        return {language: tuple(words) for language, words in table.items()}

    def _by_language(self, key: str, table: dict[str, Any], kind: type[T]) -> dict[str, T]:
        for language, value in table.items():
            if language not in self.page.languages:
                raise self.wrong(key, f"is in {language!r}, which is not among the office's languages")
            if not isinstance(value, kind) or not value:
                raise self.wrong(key, f"should be {_KINDS[kind]} in {language!r}, and not empty")
        return table

    def known(self, key: str, value: str, among: Mapping[str, Any], what: str) -> str:
        """Return `value` if it is the id of something; `what` says of what."""
        if value not in among:
            raise self.wrong(key, f"names the {what} {value!r}, which does not exist")
        return value

    def done(self) -> None:
        """Refuse whatever was not taken."""
        for key in self._values:
            raise self.wrong(key, "is not a key that is known here")

"""`office.toml`, read strictly: whatever is not understood is an error with its line, its key and what it should be."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from .hours import Hours, Span, days, local_time, span
from .office import Category, Desk, Group, Office, Priority, Text, Words
from .toml_lines import Path, line_of, lines_of

T = TypeVar("T")
Item = TypeVar("Item", Group, Category, Priority, Desk)

MINUTES_OF_A_DAY = 24 * 60

_KINDS = {str: "text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}


class BadOffice(ValueError):
    """One line: the file, the line, the key and what it should be."""


def office_from_toml(text: str, source: str) -> Office:
    """Read an office from the text of its file; `source` names the file in errors."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadOffice(f"{source}: not TOML: {error}") from None
    return _Reader(text, source).office(values)


class _Table:
    """One table of the file, whose keys are taken one by one; what is left over is unknown."""

    def __init__(self, reader: "_Reader", path: Path, values: dict[str, Any]) -> None:
        self.reader = reader
        self.path = path
        self._values = dict(values)

    def wrong(self, key: str, should: str) -> BadOffice:
        return self.reader.wrong((*self.path, key), should)

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        if key not in self._values:
            if default is None:
                raise self.wrong(key, "is missing")
            return default
        value = self._values.pop(key)
        # To Python a bool is an int; to an office it is not.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(key, f"should be {_KINDS[kind]}")
        return value

    def number(self, key: str, default: int | None = None, least: int = 0) -> int:
        value = self.take(key, int, default)
        if value < least:
            raise self.wrong(key, f"should be {least} or more")
        return value

    def minutes(self, key: str) -> int:
        value = self.number(key)
        if value > MINUTES_OF_A_DAY:
            raise self.wrong(key, f"should be at most {MINUTES_OF_A_DAY}, the minutes of a day")
        return value

    def optional_number(self, key: str, least: int) -> int | None:
        return self.number(key, least=least) if key in self._values else None

    def identifier(self, key: str = "id") -> str:
        value = self.take(key, str)
        if not value or len(value) > 64 or not all(c.isalnum() or c in "-_." for c in value):  # noqa: PLR2004
            raise self.wrong(key, "should be 1 to 64 letters, digits, - _ or .")
        return value

    def text(self, key: str) -> Text:
        """Take words in several languages; the office's own is a must."""
        table = self.take(key, dict)
        own = self.reader.languages[0]
        if own not in table:
            raise self.wrong(key, f"lacks {own!r}, the office's own language")
        return self._by_language(key, table, str)

    def optional_text(self, key: str) -> Text:
        return self.text(key) if key in self._values else {}

    def words(self, key: str) -> Words:
        table = self._by_language(key, self.take(key, dict, {}), list)
        if not all(isinstance(word, str) for words in table.values() for word in words):
            raise self.wrong(key, "should be lists of texts by language")
        return {language: tuple(words) for language, words in table.items()}

    def _by_language(self, key: str, table: dict[str, Any], kind: type[T]) -> dict[str, T]:
        for language, value in table.items():
            if language not in self.reader.languages:
                raise self.wrong(key, f"is in {language!r}, which is not among the office's languages")
            if not isinstance(value, kind) or not value:
                raise self.wrong(key, f"should be {_KINDS[kind]} in {language!r}, and not empty")
        return table

    def known(self, key: str, value: str, among: Mapping[str, Any], what: str) -> str:
        if value not in among:
            raise self.wrong(key, f"names the {what} {value!r}, which does not exist")
        return value

    def done(self) -> None:
        for key in self._values:
            raise self.wrong(key, "is not a key that is known here")


class _Reader:
    """Reads the tables of one file in order, each checked against those before it."""

    def __init__(self, text: str, source: str) -> None:
        self._lines = lines_of(text)
        self._source = source
        self.languages: tuple[str, ...] = ()

    def wrong(self, path: Path, should: str) -> BadOffice:
        key = ".".join(f"[{part + 1}]" if isinstance(part, int) else part for part in path).replace(".[", "[")
        return BadOffice(f"{self._source}:{line_of(self._lines, path)}: {key} {should}")

    def office(self, values: dict[str, Any]) -> Office:
        top = _Table(self, (), values)
        rules = _Table(self, ("office",), top.take("office", dict))
        self.languages = self._languages(rules)
        groups = self._each(top, "group", self._group)
        categories = self._each(top, "category", lambda table: self._category(table, groups))
        self._letters_differ(categories)
        priorities = self._each(top, "priority", self._priority, may_be_empty=True)
        desks = self._each(top, "desk", lambda table: self._desk(table, categories))
        top.done()
        office = Office(
            name=rules.text("name"),
            time_zone=self._time_zone(rules),
            languages=self.languages,
            groups=tuple(groups.values()),
            categories=categories,
            priorities=priorities,
            desks=desks,
            day_starts=self._time(rules, "day_starts", "04:00"),
            double_press_s=rules.number("double_press_s", 2),
            undo_s=rules.number("undo_s", 10),
            recalls_before_no_show=rules.number("recalls_before_no_show", 3),
            call_by_number=rules.take("call_by_number", bool, default=False),
            retention_days=rules.number("retention_days", 365, least=1),
        )
        rules.done()
        return office

    def _languages(self, rules: _Table) -> tuple[str, ...]:
        languages = rules.take("languages", list)
        if not languages or not all(isinstance(language, str) and language for language in languages):
            raise rules.wrong("languages", 'should be a list like ["pl", "en"], the office\'s own first')
        return tuple(languages)

    def _time_zone(self, rules: _Table) -> ZoneInfo:
        name = rules.take("time_zone", str)
        try:
            return ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise rules.wrong("time_zone", 'should be a time zone like "Europe/Warsaw"') from None

    def _time(self, table: _Table, key: str, default: str) -> time:
        text = table.take(key, str, default)
        try:
            return local_time(text)
        except ValueError:
            raise table.wrong(key, 'should be a time like "04:00"') from None

    def _each(
        self, top: _Table, key: str, read: Callable[[_Table], Item], *, may_be_empty: bool = False
    ) -> dict[str, Item]:
        """Read every `[[key]]` by `read`, by its id; an id that was used before is an error."""
        tables = top.take(key, list, [] if may_be_empty else None)
        found: dict[str, Item] = {}
        for index, values in enumerate(tables):
            if not isinstance(values, dict):
                raise top.wrong(key, f"should be tables [[{key}]]")
            table = _Table(self, (key, index), values)
            item = read(table)
            table.done()
            if item.id in found:
                raise table.wrong("id", f"{item.id!r} is used twice")
            found[item.id] = item
        if not found and not may_be_empty:
            raise top.wrong(key, f"should be one or more tables [[{key}]]")
        return found

    def _group(self, table: _Table) -> Group:
        return Group(table.identifier(), table.text("name"))

    def _category(self, table: _Table, groups: Mapping[str, Group]) -> Category:
        letter = table.take("letter", str)
        if not (letter.isalpha() and letter.isupper() and len(letter) <= 2):  # noqa: PLR2004
            raise table.wrong("letter", "should be one or two capital letters")
        return Category(
            id=table.identifier(),
            group=table.known("group", table.identifier("group"), groups, "group"),
            letter=letter,
            name=table.text("name"),
            hint=table.optional_text("hint"),
            synonyms=table.words("synonyms"),
            alternatives=table.words("alternatives"),
            promise_minutes=table.optional_number("promise_minutes", least=1),
            daily_limit=table.optional_number("daily_limit", least=1),
            hours=self._hours(table),
        )

    def _letters_differ(self, categories: Mapping[str, Category]) -> None:
        owners: dict[str, str] = {}
        for index, category in enumerate(categories.values()):
            if owner := owners.get(category.letter):
                raise self.wrong(("category", index, "letter"), f"{category.letter!r} is already that of {owner!r}")
            owners[category.letter] = category.id

    def _hours(self, table: _Table) -> Hours | None:
        written = table.take("open", dict, {})
        spans: dict[str, tuple[Span, ...]] = {}
        for key, texts in written.items():
            wrong = table.wrong("open", f'{key!r} should be like mon-fri = ["07:30-15:30"]')
            if not isinstance(texts, list):
                raise wrong
            try:
                spans |= dict.fromkeys(days(key), tuple(span(text) for text in texts))
            except (ValueError, TypeError, AttributeError):
                raise wrong from None
        return Hours(spans) if written else None

    def _priority(self, table: _Table) -> Priority:
        return Priority(table.identifier(), table.minutes("head_start_minutes"), table.text("name"))

    def _desk(self, table: _Table, categories: Mapping[str, Category]) -> Desk:
        serves = table.take("serves", list, [])
        for category in serves:
            if not isinstance(category, str):
                raise table.wrong("serves", "should be a list of category ids")
            table.known("serves", category, categories, "category")
        stands_in = table.take("stands_in", dict, {})
        for category, minutes in stands_in.items():
            table.known("stands_in", category, categories, "category")
            if not isinstance(minutes, int) or isinstance(minutes, bool) or not 0 <= minutes <= MINUTES_OF_A_DAY:
                should = f"should be a handicap in whole minutes, 0 to {MINUTES_OF_A_DAY}"
                raise table.wrong("stands_in", f"{category!r} {should}")
        desk = Desk(table.identifier(), table.text("label"), tuple(serves), stands_in)
        table.done()
        if not desk.handicaps:
            raise table.wrong("serves", "should name at least one category, or stands_in should")
        return desk

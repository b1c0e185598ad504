"""`office.toml`, read strictly: whatever is not understood is an error with its line, its key and what it should be."""

import tomllib
from collections.abc import Callable, Container, Mapping
from datetime import date, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from .category_table import category_in, common_series, refuse_letters_used_twice
from .hours import local_time
from .office import Category, Desk, Group, Office, Pause, Priority
from .office_table import MINUTES_OF_A_DAY, BadOffice, Page, Table
from .toml_lines import quotation_hint

__all__ = ["BadOffice", "office_from_toml"]

Item = TypeVar("Item", Group, Category, Priority, Pause, Desk)
Calendar = Callable[[str], Container[date]]  # of a country's public holidays, by its code; LookupError: no such country


def _no_holidays(_country: str) -> Container[date]:
    return frozenset()


def office_from_toml(text: str, source: str, calendar: Calendar = _no_holidays) -> Office:
    """Read an office from the text of its file; `source` names the file in errors."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadOffice(f"{source}: not TOML: {error}{quotation_hint(str(error))}") from None
    return _Reader(Page(text, source), calendar).office(values)


class _Reader:
    """Reads the tables of one file in order, each checked against those before it."""

    def __init__(self, page: Page, calendar: Calendar) -> None:
        self._page = page
        self._calendar = calendar

    def office(self, values: dict[str, Any]) -> Office:
        top = Table(self._page, (), values)
        rules = Table(self._page, ("office",), top.take("office", dict))
        self._page.languages = _languages(rules)
        common = common_series(rules)
        groups = self._each(top, "group", _group)
        categories = self._each(top, "category", lambda table: category_in(table, groups, common))
        refuse_letters_used_twice(self._page, categories, common)
        office = Office(
            name=rules.text("name"),
            time_zone=_time_zone(rules),
            languages=self._page.languages,
            groups=tuple(groups.values()),
            categories=categories,
            priorities=self._each(top, "priority", _priority, may_be_empty=True),
            pauses=self._each(top, "pause", _pause, may_be_empty=True),
            desks=self._each(top, "desk", lambda table: _desk(table, categories)),
            common_letter=common.letter,
            first_number=common.first_number,
            day_starts=_time(rules, "day_starts", "04:00"),
            double_press_s=rules.number("double_press_s", 2),
            undo_s=rules.number("undo_s", 10),
            recalls_before_no_show=rules.number("recalls_before_no_show", 3),
            call_by_number=rules.take("call_by_number", bool, default=False),
            auto_call=rules.take("auto_call", bool, default=False),
            stop_when_late=rules.take("stop_when_late", bool, default=False),
            booking_early_minutes=rules.minutes("booking_early_minutes", 30),
            booking_late_minutes=rules.minutes("booking_late_minutes", 10),
            retention_days=rules.number("retention_days", 365, least=1),
            hearing_loop=rules.take("hearing_loop", bool, default=False),
            days_off=_days_off(rules),
            holidays=self._holidays(rules),
        )
        rules.done()
        top.done()
        return office

    def _holidays(self, rules: Table) -> Container[date]:
        country = rules.take("country", str, "PL")
        try:
            return self._calendar(country) if country else frozenset()
        except LookupError:
            raise rules.wrong("country", 'should be a code like "PL", or "" for no public holidays') from None

    def _each(
        self, top: Table, key: str, read: Callable[[Table], Item], *, may_be_empty: bool = False
    ) -> dict[str, Item]:
        """Read every `[[key]]` by `read`, by its id; an id that was used before is an error."""
        tables = top.take(key, list, [] if may_be_empty else None)
        found: dict[str, Item] = {}
        for index, values in enumerate(tables):
            if not isinstance(values, dict):
                raise top.wrong(key, f"should be tables [[{key}]]")
            table = Table(self._page, (key, index), values)
            item = read(table)
            table.done()
            if item.id in found:
                raise table.wrong("id", f"{item.id!r} is used twice")
            found[item.id] = item
        if not found and not may_be_empty:
            raise top.wrong(key, f"should be one or more tables [[{key}]]")
        return found


# -- the office itself -------------------------------------------------------------------------------------------------


def _languages(rules: Table) -> tuple[str, ...]:
    languages = rules.take("languages", list)
    if not languages or not all(isinstance(language, str) and language for language in languages):
        raise rules.wrong("languages", 'should be a list like ["pl", "en"], the office\'s own first')
    return tuple(languages)


def _time_zone(rules: Table) -> ZoneInfo:
    name = rules.take("time_zone", str)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise rules.wrong("time_zone", 'should be a time zone like "Europe/Warsaw"') from None


def _time(table: Table, key: str, default: str) -> time:
    text = table.take(key, str, default)
    try:
        return local_time(text)
    except ValueError:
        raise table.wrong(key, 'should be a time like "04:00"') from None


def _days_off(rules: Table) -> frozenset[date]:
    texts = rules.take("days_off", list, [])
    try:
        found = [date.fromisoformat(text) for text in texts]
    except (ValueError, TypeError):
        found = []
    # Python also reads weeks of a year; nobody else should have to.
    if [day.isoformat() for day in found] != texts:
        raise rules.wrong("days_off", 'should be a list of days like ["2026-12-31"]')
    return frozenset(found)


# -- its tables --------------------------------------------------------------------------------------------------------


def _group(table: Table) -> Group:
    return Group(table.identifier(), table.text("name"))


def _priority(table: Table) -> Priority:
    return Priority(table.identifier(), table.minutes("head_start_minutes"), table.text("name"))


def _pause(table: Table) -> Pause:
    return Pause(table.identifier(), table.text("name"))


def _desk(table: Table, categories: Mapping[str, Category]) -> Desk:
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

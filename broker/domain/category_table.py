"""One `[[category]]` of `office.toml`: its series of numbers, its opening hours, its words."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from .hours import Hours, Span, days, span
from .office import Category, Group
from .office_table import Page, Table
from .ticket import LAST_NUMBER

LONGEST_LINK = 200  # a longer one makes a code that is too fine for a telephone
_LINK = re.compile(r"https?://[!-~]+")


class Series(NamedTuple):
    """Numbers from `first_number` on behind a letter: "" for digits alone, None where there is no such series."""

    letter: str | None
    first_number: int


def common_series(rules: Table) -> Series:
    """Return the neutral series of all matters without a letter of their own; `rules` is `[office]`."""
    letter = rules.take("common_letter", str) if rules.has("common_letter") else None
    if letter and not _is_letter(letter):
        raise rules.wrong("common_letter", 'should be one or two capital letters, or "" for digits alone')
    return Series(letter, _first_number(rules, 1))


def category_in(table: Table, groups: Mapping[str, Group], common: Series) -> Category:
    """Read one matter."""
    letter, first_number = _series(table, common)
    return Category(
        id=table.identifier(),
        group=table.known("group", table.identifier("group"), groups, "group"),
        letter=letter,
        name=table.text("name"),
        hint=table.optional_text("hint"),
        synonyms=table.words("synonyms"),
        alternatives=table.words("alternatives"),
        sign_language=_links(table, "sign_language"),
        first_number=first_number,
        promise_minutes=table.optional_number("promise_minutes", least=1),
        daily_limit=table.optional_number("daily_limit", least=1),
        hours=_hours(table),
    )


def refuse_letters_used_twice(page: Page, categories: Mapping[str, Category], common: Series) -> None:
    """Refuse a letter that two matters call their own."""
    owners: dict[str, str] = {}
    for index, category in enumerate(categories.values()):
        owner = owners.setdefault(category.letter, category.id)
        if owner != category.id and category.letter != common.letter:
            raise page.wrong(("category", index, "letter"), f"{category.letter!r} is already that of {owner!r}")


def _series(table: Table, common: Series) -> tuple[str, int]:
    if not table.has("letter"):
        if common.letter is None:
            raise table.missing("letter", ": give the matter one, or [office] a common_letter for all that have none")
        if table.has("first_number"):
            raise table.wrong("first_number", "should stand under [office], as the matter has no letter of its own")
        return common.letter, common.first_number
    letter = table.take("letter", str)
    if not _is_letter(letter):
        raise table.wrong("letter", "should be one or two capital letters")
    if letter == common.letter:
        raise table.wrong("letter", f"{letter!r} is already the common_letter of all that have none")
    return letter, _first_number(table, common.first_number)


def _is_letter(letter: str) -> bool:
    return letter.isalpha() and letter.isupper() and len(letter) <= 2  # noqa: PLR2004


def _first_number(table: Table, default: int) -> int:
    number = table.number("first_number", default, least=1)
    if number > LAST_NUMBER:
        raise table.wrong("first_number", f"should be at most {LAST_NUMBER}, the last of a series")
    return number


def _links(table: Table, key: str) -> Mapping[str, str]:
    """Read addresses by language; the kiosk shows each as a code for a telephone, and plays no film itself."""
    links = table.optional_text(key)
    for language, link in links.items():
        if not _LINK.fullmatch(link) or len(link) > LONGEST_LINK:
            raise table.wrong(
                key, f"{language} should be a link like https://..., at most {LONGEST_LINK} letters; no film in a file"
            )
    return links


def _hours(table: Table) -> Hours | None:
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

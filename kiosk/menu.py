"""The office's menu as a resident walks through it. Pure functions."""

from collections.abc import Mapping, Sequence

from broker.contract.messages import Category, Group, Menu


def own_language(menu: Menu | None, otherwise: str) -> str:
    """Return the office's own language."""
    return menu.languages[0] if menu and menu.languages else otherwise


def in_language(text: Mapping[str, str], languages: Sequence[str]) -> str:
    """Return the words in the first of `languages` that has any, else in any language at all."""
    return next((text[language] for language in languages if text.get(language)), next(iter(text.values()), ""))


def start_entries(menu: Menu) -> list[Group | Category]:
    """Return what stands on the first screen: groups, and matters that need no second screen.

    A group with one matter is that matter; where there is one group only, its matters are all there is to choose
    from; a matter of no known group is not lost.
    """
    groups = [group for group in menu.groups if matters_of(menu, group.id)]
    known = {group.id for group in groups}
    loose = [category for category in menu.categories if category.group not in known]
    if len(groups) == 1:
        return [*matters_of(menu, groups[0].id), *loose]
    entries: list[Group | Category] = []
    for group in groups:
        matters = matters_of(menu, group.id)
        entries.append(matters[0] if len(matters) == 1 else group)
    return entries + loose


def matters_of(menu: Menu, group: str) -> list[Category]:
    """Return the matters of a group, in the office's order."""
    return [category for category in menu.categories if category.group == group]


def matter(menu: Menu | None, category: str) -> Category | None:
    """Return a matter by its id."""
    return next((c for c in menu.categories if c.id == category), None) if menu else None


def has_own_letter(menu: Menu, category: Category) -> bool:
    """Whether a number's letter tells this matter; those of a common series share one, or have none."""
    return bool(category.letter) and sum(c.letter == category.letter for c in menu.categories) == 1


def can_be_taken(category: Category) -> bool:
    """Whether a ticket can be had now."""
    return category.open and not category.full


def all_closed(menu: Menu) -> bool:
    """Whether no matter at all is open."""
    return not any(category.open for category in menu.categories)

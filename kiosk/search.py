"""Finding a matter by a word: in its names and synonyms, in every language, with or without the letters' marks."""

import unicodedata
from collections.abc import Iterable, Iterator

from broker.contract.messages import Category, Menu

LONGEST = 24  # letters; no word of an office is found later

_UNMARKED = str.maketrans({"ł": "l", "ß": "ss", "’": "'", "ʼ": "'"})


def found(menu: Menu, text: str) -> list[Category]:
    """Return the matters for which every word of `text` begins a word, best first.

    A matter's own name goes before its synonyms, and those before the name of its group; a whole name before all.
    """
    wanted = plain_words(text)
    if not wanted:
        return []
    groups = {group.id: group.name.values() for group in menu.groups}
    ranked = [
        (rank, at, category)
        for at, category in enumerate(menu.categories)
        if (rank := _rank(wanted, category, groups.get(category.group, ()))) is not None
    ]
    return [category for _, _, category in sorted(ranked, key=lambda each: each[:2])]


def plain_words(text: str) -> list[str]:
    """Return the words of a text in small letters without marks: `Wymiana Łodzi` is `wymiana lodzi`."""
    letters = unicodedata.normalize("NFD", text.casefold().translate(_UNMARKED))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return "".join(letter if letter.isalnum() or letter == "'" else " " for letter in bare).split()


def _rank(wanted: list[str], category: Category, group: Iterable[str]) -> int | None:
    names = list(category.name.values())
    synonyms = [word for words in category.synonyms.values() for word in words]
    if any(plain_words(name) == wanted for name in names):
        return -1
    for rank, texts in enumerate((names, synonyms, [*names, *synonyms, *group])):
        if any(_begins(wanted, said) for said in _sayings(texts, together=rank == 2)):  # noqa: PLR2004 - the last
            return rank
    return None


def _sayings(texts: Iterable[str], *, together: bool) -> Iterator[list[str]]:
    """Yield the words of each text, or of all of them `together`."""
    each = [plain_words(text) for text in texts]
    yield from [[word for words in each for word in words]] if together else each


def _begins(wanted: list[str], said: list[str]) -> bool:
    return all(any(word.startswith(beginning) for word in said) for beginning in wanted)

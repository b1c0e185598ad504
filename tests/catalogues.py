"""What every catalogue of words must be, in whichever program: whole, sure, in the right plurals, with every place."""

import re
from gettext import c2py

from babel.messages.extract import extract_from_dir
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

LANGUAGES = ("pl", "en", "uk", "de")
PLACE = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")
NUMBERS = range(201)


def words_in_the_code(folder, besides=()):
    """All that a program says, as it stands in its code: single words, or a word and its plural."""
    method_map = [*((f"{name}/**", "ignore") for name in besides), ("**.py", "python")]
    return {words for _, _, words, _, _ in extract_from_dir(folder, method_map)}


def catalogue(path):
    with path.open("rb") as po:
        return read_po(po, locale=path.stem, abort_invalid=True)


def defects(catalogue):
    """Say of each word what is wrong with it; nothing where all is well."""
    found = [f"obsolete: {words}" for words in catalogue.obsolete]
    if plurals_chosen(catalogue.plural_expr) != plurals_chosen(get_plural(catalogue.locale).plural_expr):
        found.append(f"plurals: {catalogue.plural_expr}")
    for message in catalogue:
        if not message.id:
            continue
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        if len(said) != (catalogue.num_plurals if message.pluralizable else 1):
            found.append(f"number of plurals: {message.id}")
        if not all(text and text.strip() for text in said):
            found.append(f"missing: {message.id}")
        if message.fuzzy:
            found.append(f"fuzzy: {message.id}")
        *_, original = message.id if isinstance(message.id, tuple) else (message.id,)
        if any(sorted(PLACE.findall(text)) != sorted(PLACE.findall(original)) for text in said):
            found.append(f"lost place: {message.id}")
        found += [f"{error}: {message.id}" for error in message.check(catalogue)]
    return found


def plurals_chosen(expression):
    """Which form the header's rule takes for each number."""
    chosen = c2py(expression)
    return [int(chosen(number)) for number in NUMBERS]

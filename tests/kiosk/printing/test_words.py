"""Every word of the paper in every language."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import kiosk.printing

PRINTING = Path(kiosk.printing.__file__).parent


def words_in_the_code():
    found = extract_from_dir(PRINTING, [("**.py", "python")], keywords={"gettext": None, "ngettext": (1, 2)})
    return {words for _, _, words, _, _ in found}


@pytest.mark.parametrize("language", ["pl", "en", "uk", "de"])
def test_every_word_is_translated_and_none_is_left_over(language):
    with (PRINTING / "locale" / f"{language}.po").open("rb") as po:
        catalogue = read_po(po, locale=language, abort_invalid=True)
    messages = {message.id: message for message in catalogue if message.id and not message.context}
    assert set(messages) == words_in_the_code()
    for message in catalogue:
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(said), message.id
        assert not message.fuzzy or not message.id, message.id
        assert not [str(error) for error in message.check(catalogue)], message.id
        if message.pluralizable:
            assert len(said) == catalogue.num_plurals, message.id


@pytest.mark.parametrize("language", ["pl", "en", "uk", "de"])
def test_every_place_that_a_sentence_fills_in_is_in_every_language(language):
    with (PRINTING / "locale" / f"{language}.po").open("rb") as po:
        catalogue = read_po(po, locale=language)
    for message in catalogue:
        original = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for place in ("{n}", "{low}", "{high}", "{time}"):
            if message.id and place in original[-1]:
                assert all(place in each for each in said), message.id

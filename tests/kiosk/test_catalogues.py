"""Every word of the kiosk's screens in every language."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import kiosk

KIOSK = Path(kiosk.__file__).parent


def words_in_the_code():
    method_map = [("printing/**", "ignore"), ("**.py", "python")]
    return {words for _, _, words, _, _ in extract_from_dir(KIOSK, method_map)}


@pytest.mark.parametrize("language", ["pl", "en", "uk", "de"])
def test_every_word_is_translated_and_none_is_left_over(language):
    with (KIOSK / "locale" / f"{language}.po").open("rb") as po:
        catalogue = read_po(po, locale=language, abort_invalid=True)
    messages = {message.id: message for message in catalogue if message.id}
    assert set(messages) == words_in_the_code()
    for message in messages.values():
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(said), message.id
        assert not message.fuzzy, message.id
        assert len(said) == (catalogue.num_plurals if message.pluralizable else 1), message.id
        assert not [str(error) for error in message.check(catalogue)], message.id


def test_no_drawing_holds_words_of_its_own():
    drawn = [line for path in KIOSK.glob("screens/*.kv") for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [line.strip() for line in drawn if line.strip().startswith("text:")]
    assert texts
    assert all("root." in text for text in texts)

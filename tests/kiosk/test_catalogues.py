"""Every word of the kiosk's screens and tickets in every language."""

from pathlib import Path

import pytest

import kiosk
from tests.catalogues import LANGUAGES, catalogue, defects, words_in_the_code

KIOSK = Path(kiosk.__file__).parent


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated_and_none_is_left_over(language):
    read = catalogue(KIOSK / "locale" / f"{language}.po")
    assert {message.id for message in read if message.id} == words_in_the_code(KIOSK, besides=["printing"])
    assert defects(read) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_ticket_are_as_whole(language):
    assert defects(catalogue(KIOSK / "printing" / "locale" / f"{language}.po")) == []


def test_no_drawing_holds_words_of_its_own():
    drawn = [line for path in KIOSK.glob("screens/*.kv") for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [line.strip() for line in drawn if line.strip().startswith("text:")]
    assert texts
    assert all("root." in text for text in texts)

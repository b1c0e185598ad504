"""What has no room at once is turned to, page by page, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display.pages import hyphenated, packed, page_at, text_pages

WORDS = st.lists(st.text("abcdeęoyzw", min_size=1, max_size=12), max_size=20)


def within(letters):
    return lambda text: len(text) <= letters


def test_a_name_goes_on_on_the_next_page():
    assert text_pages("Przewozy drogowe, OSK i instruktorzy", within(24)) == [
        "Przewozy drogowe, OSK…",
        "… i instruktorzy",
    ]
    assert text_pages("Pojazdy", within(24)) == ["Pojazdy"]
    assert text_pages("", within(24)) == []


def test_a_page_never_ends_in_a_word_of_one_letter():
    assert text_pages("Urząd Miejski w Dąbrowie", within(16)) == ["Urząd Miejski…", "… w Dąbrowie"]


@given(WORDS, st.integers(5, 40))
def test_no_word_is_lost_between_pages(words, letters):
    pages = text_pages(" ".join(words), within(letters))
    assert " ".join(page.removeprefix("… ").removesuffix("…") for page in pages).split() == words


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Gospodarka", "Gospo- darka"),
        ("nieruchomościami", "nieru- chomoś- ciami"),
        ("нерухомістю", "нерухо- містю"),
        ("registration", "regist- ration"),
        ("Pojazdy", "Pojazdy"),
        ("xxxxxxxxxxxx", "xxxxxxx- xxxxx"),
    ],
)
def test_a_word_too_wide_for_any_line_is_broken_between_syllables(word, parts):
    assert hyphenated(word, within(8)) == parts


@given(st.text("abcdeęoyzw", min_size=1, max_size=40), st.integers(2, 12))
def test_no_letter_of_a_broken_word_is_lost(word, letters):
    assert hyphenated(word, within(letters)).replace("- ", "") == word


@given(st.lists(st.floats(1, 50), max_size=30), st.floats(10, 200))
def test_every_row_stands_on_one_page_and_no_page_is_overfull(heights, room):
    pages = packed(heights, room)
    assert [at for page in pages for at in page] == list(range(len(heights)))
    for page in pages:
        assert len(page) == 1 or sum(heights[at] for at in page) <= room + 1e-6


def test_pages_turn_for_ever():
    assert [page_at(beat, 3) for beat in range(5)] == [0, 1, 2, 0, 1]
    assert page_at(7, 0) == 0

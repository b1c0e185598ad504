"""Numbers in the words of three languages."""

import pytest

from broker.contract.words import words
from kiosk.phrases import expected_wait, people_ahead, people_waiting, unparted


@pytest.fixture(scope="module")
def catalogue():
    from pathlib import Path

    import kiosk

    return lambda language: words(Path(kiosk.__file__).parent / "locale", language)


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("pl", 0, "nikt nie czeka"),
        ("pl", 1, "1 osoba czeka"),
        ("pl", 2, "2 osoby czekają"),
        ("pl", 5, "5 osób czeka"),
        ("pl", 12, "12 osób czeka"),
        ("pl", 22, "22 osoby czekają"),
        ("en", 1, "1 person is waiting"),
        ("en", 4, "4 people are waiting"),
        ("uk", 1, "1 особа чекає"),
        ("uk", 3, "3 особи чекають"),
        ("uk", 11, "11 осіб чекає"),
    ],
)
def test_waiting_people_are_counted_as_the_language_counts(catalogue, language, count, said):
    assert people_waiting(catalogue(language), count) == said


def test_nobody_ahead_is_said_in_a_word(catalogue):
    assert [people_ahead(catalogue("pl"), count) for count in (0, 1, 3, 7)] == [
        "nikogo",
        "1 osoba",
        "3 osoby",
        "7 osób",
    ]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ((5, 15), "5–15 min"),
        ((0, 5), "do 5 min"),
        ((10, 10), "około 10 min"),
        ((0, 0), "bez czekania"),
        (None, ""),
    ],
)
def test_the_expected_wait_is_a_range_of_minutes(catalogue, minutes, said):
    assert expected_wait(catalogue("pl"), minutes) == said


def test_a_number_stays_on_the_line_of_its_word():
    assert unparted("Stanowisko 24, Pokój 4") == "Stanowisko\u00a024, Pokój\u00a04"
    assert unparted("4 osoby czekają") == "4 osoby czekają"

"""How written things sound."""

import pytest

from kiosk.speech.ear import for_the_ear, number_for_the_ear, wait_for_the_ear
from tests.kiosk.listener import catalogue


@pytest.mark.parametrize(
    ("number", "language", "said"),
    [
        ("D017", "pl", "D 17"),
        ("W007", "pl", "wu 7"),
        ("A120", "pl", "A, 120"),
        ("A120", "en", "A 120"),
        ("7", "uk", "7"),
    ],
)
def test_a_number_is_said_as_it_will_be_called(number, language, said):
    assert number_for_the_ear(number, language) == said


@pytest.mark.parametrize(
    ("language", "minutes", "said"),
    [
        ("pl", (5, 15), "od 5 do 15 minut"),
        ("pl", (0, 1), "do 1 minuty"),
        ("pl", (22, 22), "około 22 minut"),
        ("pl", (0, 0), "bez czekania"),
        ("pl", None, ""),
        ("en", (0, 1), "up to 1 minute"),
        ("uk", (5, 21), "від 5 до 21 хвилини"),
        ("de", (5, 15), "5 bis 15 Minuten"),
    ],
)
def test_a_wait_is_said_in_whole_words(language, minutes, said):
    assert wait_for_the_ear(catalogue(language), minutes) == said


def test_dots_are_pauses_and_dashes_are_ranges():
    assert for_the_ear(catalogue("en"), "3 people\u00a0· Desks 26–30") == "3 people, Desks 26 to 30"

"""What residents hear: whole Polish numbers, letters by their names, the desk's label."""

import subprocess

import pytest

from display.numerals import numeral
from display.speech import announcement, spoken_label, spoken_number
from tests.builders import call, sample


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (3, "trzy"),
        (10, "dziesięć"),
        (17, "siedemnaście"),
        (20, "dwadzieścia"),
        (26, "dwadzieścia sześć"),
        (99, "dziewięćdziesiąt dziewięć"),
        (100, "sto"),
        (112, "sto dwanaście"),
        (240, "dwieście czterdzieści"),
        (515, "pięćset piętnaście"),
        (999, "dziewięćset dziewięćdziesiąt dziewięć"),
        (1000, "tysiąc"),
        (1001, "tysiąc jeden"),
        (2034, "dwa tysiące trzydzieści cztery"),
        (5000, "pięć tysięcy"),
        (12345, "12345"),
    ],
)
def test_a_number_is_said_in_whole_words(number, words):
    assert numeral(number) == words


def test_a_call_is_one_sentence_with_number_and_desk():
    assert announcement(call("D017", "26", 1)) == "Numer D siedemnaście, stanowisko dwadzieścia sześć."
    assert announcement(call("T008", "p3", 1)) == "Numer T osiem, pokój trzy."
    assert announcement(call("017", "26", 1)) == "Numer siedemnaście, stanowisko dwadzieścia sześć."


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("D017", "D siedemnaście"),
        ("W104", "wu sto cztery"),
        ("Z009", "zet dziewięć"),
        ("A001", "A, jeden"),
        ("017", "siedemnaście"),
        ("K017", "K siedemnaście"),
        ("7", "siedem"),
        ("100", "sto"),
        ("1017", "tysiąc siedemnaście"),
        ("Ó012", "o kreskowane dwanaście"),
        ("AB-12", "A, B dwanaście"),
        ("d5", "D pięć"),
    ],
)
def test_a_ticket_is_spelled_without_leading_zeros_and_without_letters_that_are_words(number, words):
    assert spoken_number(number) == words


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Stanowisko 30", "stanowisko trzydzieści"),
        ("Kasa główna", "kasa główna"),
        ("Pokój 12a", "pokój dwanaście a"),
        ("MZGO 2", "MZGO dwa"),
    ],
)
def test_a_desk_is_said_by_its_label(label, words):
    assert spoken_label(label) == words


def phonemes(text):
    spoken = ["espeak-ng", "-v", "pl", "-q", "--ipa", text]
    return subprocess.run(spoken, capture_output=True, text=True, check=True).stdout.strip()


def test_every_letter_that_a_series_may_have_is_heard_and_none_is_taken_for_another():
    letters = "AĄBCĆDEĘFGHIJKLŁMNŃOÓPQRSŚTUVWXYZŹŻ"
    heard = {letter: phonemes(f"Numer {spoken_number(letter + '7')}.") for letter in letters}
    assert {category.get("letter") or "K" for category in sample()["category"]} <= set(heard)
    assert len({*heard.values(), phonemes("Numer siedem.")}) == len(heard) + 1
    assert "vˈu" in heard["W"]
    assert "zˈɛt" in heard["Z"]
    # A pause keeps the vowels from melting into the number.
    assert all("|" in heard[letter] or "\n" in heard[letter] for letter in "AIO")

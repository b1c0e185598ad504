"""What residents hear: whole numbers, letters by their names, the desk's label, in each of four languages."""

import subprocess

import pytest

from display.numerals import numeral
from display.speech import announcement, desk_phrase, number_phrase, spoken_label, spoken_number
from display.speech_likely import likely_numbers
from display.speech_tongues import TONGUES
from tests.builders import call, sample

LETTERS = "AĄBCĆDEĘFGHIJKLŁMNŃOÓPQRSŚTUVWXYZŹŻ"
POLISH = TONGUES["pl"]


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
def test_a_number_is_said_in_whole_polish_words(number, words):
    assert numeral(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (417, "417"),
        (1000, "тисяча"),
        (1005, "тисяча 5"),
        (2034, "дві тисячі 34"),
        (4000, "4 тисячі"),
        (5678, "5 тисяч 678"),
        (12345, "12345"),
    ],
)
def test_ukrainian_thousands_have_their_right_form(number, words):
    assert TONGUES["uk"].numeral(number) == words


def said(number, desk, *languages, zeros=False):
    return [sentence.text for sentence in announcement(call(number, desk, 1), languages, zeros=zeros)]


def test_a_call_is_one_sentence_with_number_and_desk_in_each_language_that_is_spoken():
    assert said("D017", "26", "pl") == ["Numer D siedemnaście, stanowisko dwadzieścia sześć."]
    assert said("T008", "p3", "pl") == ["Numer T osiem, pokój trzy."]
    assert said("017", "26", "pl") == ["Numer siedemnaście, stanowisko dwadzieścia sześć."]
    assert said("D017", "p3", "pl", "uk", "en") == [
        "Numer D siedemnaście, pokój trzy.",
        "Номер де 17, кабінет 3.",
        "Number D 17, room 3.",
    ]
    assert said("D017", "p3", "de") == ["Nummer D 17, Zimmer 3."], "German nouns keep their capitals"


def test_the_zeros_of_a_number_are_spoken_where_the_office_wants_it():
    assert said("D017", "26", "pl", "en", "uk", "de", zeros=True) == [
        "Numer D zero siedemnaście, stanowisko dwadzieścia sześć.",
        "Number D zero 17, desk 26.",
        "Номер де нуль 17, віконце 26.",
        "Nummer D null 17, Schalter 26.",
    ]
    assert spoken_number("B005", POLISH, zeros=True) == "B zero zero pięć"
    assert spoken_number("B117", POLISH, zeros=True) == "B sto siedemnaście"
    assert spoken_number("000", POLISH, zeros=True) == "zero zero zero"


def test_a_desk_without_a_label_in_a_language_is_said_in_one_that_it_has():
    phrase = desk_phrase({"pl": "Stanowisko 30"}, "30", "uk")
    assert (phrase.language, phrase.text) == ("pl", "stanowisko trzydzieści.")
    assert desk_phrase({"cs": "Přepážka 3"}, "3", "pl").text == "přepážka trzy."
    phrase = desk_phrase({"pl": "Kasa 2", "en": "Cash desk 2"}, "k2", "de")
    assert (phrase.language, phrase.text) == ("pl", "kasa dwa."), "the office's own language comes first in its labels"
    assert desk_phrase({}, "3", "pl").text == "trzy."


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
    assert spoken_number(number, POLISH) == words


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
    assert spoken_label(label, POLISH) == words


def test_recordings_are_asked_for_by_what_is_said():
    assert number_phrase("W104", "pl").pieces == ("numer", "w", "104")
    assert number_phrase("W004", "pl", zeros=True).pieces == ("numer", "w", "0", "0", "4")
    assert number_phrase("AB-12", "uk").pieces == ("номер", "a", "b", "12")
    assert desk_phrase({"pl": "Pokój 07a, I piętro"}, "p7", "pl").pieces == ("pokój", "7", "a", "i", "piętro")
    assert desk_phrase({"pl": "Sala 2²"}, "s", "pl").pieces == ("sala", "2", "²")


def test_the_numbers_after_those_that_were_called_are_likely():
    calls = [call("D017", "26", 5), call("A099", "9", 4), call("D009", "26", 3, kind="recall"), call("D016", "27", 2)]
    assert likely_numbers(calls) == ("D018", "D019", "A100", "A101")
    assert likely_numbers([call("D003", "26", 1, kind="recall"), call("17", "26", 2)]) == ("18", "19")
    assert likely_numbers([call("VIP", "26", 1)]) == ()


def phonemes(text, language):
    voice = {"en": "en-gb"}.get(language, language)
    spoken = ["espeak-ng", "-v", voice, "-q", "--ipa", text]
    return subprocess.run(spoken, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("language", TONGUES)
def test_every_letter_that_a_series_may_have_is_heard_and_none_is_taken_for_another(language):
    heard = {letter: phonemes(number_phrase(letter + "7", language).text, language) for letter in LETTERS}
    assert {category.get("letter") or "K" for category in sample()["category"]} <= set(heard)
    assert len({*heard.values(), phonemes(number_phrase("7", language).text, language)}) == len(heard) + 1
    assert not any("(" in sound for sound in heard.values()), "no letter is left to the voice of another language"


def test_polish_letters_have_their_names_and_a_pause_keeps_vowels_from_melting_into_the_number():
    heard = {letter: phonemes(number_phrase(letter + "7", "pl").text, "pl") for letter in "WZAIO"}
    assert "vˈu" in heard["W"]
    assert "zˈɛt" in heard["Z"]
    assert all("|" in heard[letter] or "\n" in heard[letter] for letter in "AIO")


def test_a_ukrainian_hears_the_latin_letter_and_a_number_stressed_as_in_ukrainian():
    assert "dˈe" in phonemes(number_phrase("D017", "uk").text, "uk")
    assert "dˈubɭvˈe" in phonemes(number_phrase("W001", "uk").text, "uk")
    assert "dʲevʲjanˈosto" in phonemes(number_phrase("D090", "uk").text, "uk")
    assert phonemes(number_phrase("D2001", "uk").text, "uk").endswith("dvˈi tisˈjatʃʲi odʲˈin")


@pytest.mark.parametrize(
    ("number", "sound"),
    [
        (0, "nˈʊl"),
        (7, "zˈiːbən"),
        (17, "zˈiːptseːn"),
        (21, "ˈaɪn ʊnttsvˈantsɪç"),
        (112, "ˈaɪnhˈʊndɜt tsvˈœlf"),
        (999, "nˈɔønhˈʊndɜt nˈɔøn ʊntnˈɔøntsɪç"),
        (1001, "ˈaɪn tˈaʊzənt ˈaɪns"),
        (2034, "tsvˈaɪ tˈaʊzənt fˈiːɾ ʊntdɾˈaɪsɪç"),
    ],
)
def test_a_german_hears_the_number_as_one_number_after_its_letter(number, sound):
    assert phonemes(number_phrase(f"D{number:03}", "de").text, "de") == f"nˈʊmɜ dˈeː {sound}"

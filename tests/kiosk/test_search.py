"""A resident finds a matter by a word."""

import pytest
from msgspec.structs import replace

from kiosk.letters import ERASE, IN_A_ROW, ROWS, SPACE
from kiosk.search import LONGEST, found, plain_words
from tests.builders import menu
from tests.kiosk.listener import Listener
from tests.kiosk.resident import Resident
from tests.kiosk.scenes import scene

OFFICE = menu()


def ids(text):
    return [category.id for category in found(OFFICE, text)]


def typed(text, resident=None):
    return (resident or Resident().taps_on("search")).taps_on(*(f"type:{letter}" for letter in text), after=0.5)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("prawo jazdy", "drivers"),
        ("jazdy prawo", "drivers"),
        ("PRAWO", "drivers"),
        ("dowod", "id-cards"),
        ("dowód", "id-cards"),
        ("smieci", "mzgo"),
        ("pozwolenie budowe", "architecture"),
        ("meldunek", "population"),
        ("geod", "surveyors"),
        ("geodezja", "geodesy"),
        ("водійські права", "drivers"),
        ("driving licence", "drivers"),
        ("führerschein", "drivers"),
        ("fuhrer", "drivers"),
        ("kasa skarbowa", "taxes"),
    ],
)
def test_a_word_leads_to_its_matter_with_marks_or_without_in_any_language(text, first):
    assert ids(text)[0] == first


def test_every_word_must_be_there():
    assert ids("prawo latania") == []
    assert ids("   ") == []


def test_a_name_goes_before_a_synonym_and_a_synonym_before_a_group():
    assert ids("pojazdy")[0] == "vehicles"
    assert set(ids("pojazdy")) >= {"vehicles", "transport", "drivers"}, "the others of the group come after"
    assert ids("kasa") == ["fees", "taxes"]


def test_every_matter_is_found_by_its_own_name_in_every_language():
    for category in OFFICE.categories:
        for name in category.name.values():
            assert ids(name)[0] == category.id, name


def test_marks_and_signs_do_not_count():
    assert plain_words("Łódź, Kraków–Ґанок (75+)") == ["lodz", "krakow", "ґанок", "75"]


def test_a_resident_types_and_takes_what_was_found():
    resident = typed("prawo ja")
    assert resident.screen == "search"
    shown = scene(resident.state, now=resident.now)
    assert (shown.typed, [choice.title for choice in shown.choices]) == ("prawo ja", ["Kierowcy"])
    assert shown.lines == ("Znaleziono 1 sprawę.",)
    resident.taps_on("matter:drivers").is_answered()
    assert resident.screen == "thanks"
    assert resident.taps_on("done", "search").state.place.text == "", "the next one begins with an empty line"


def test_quick_fingers_lose_no_letter():
    resident = Resident().taps_on("search")
    resident.waits(0.5).taps_on(*(f"type:{letter}" for letter in "mapa"), after=0.05)
    assert resident.state.place.text == "mapa"


def test_a_letter_can_be_erased_and_the_search_left():
    resident = typed("mapp").taps_on("erase")
    assert resident.state.place.text == "map"
    assert resident.taps_on("back").screen == "start"
    resident.taps_on("group:money", "search", "back")
    assert resident.screen == "matters"


def test_a_line_that_is_too_long_and_a_key_that_is_none_change_nothing():
    resident = typed("x" * (LONGEST + 5))
    assert resident.state.place.text == "x" * LONGEST
    assert resident.taps_on("type:ab", "type:").state.place.text == "x" * LONGEST
    assert Resident().taps_on("type:a", "erase").screen == "start"


def test_a_search_says_what_it_finds_and_what_it_does_not():
    lines = [scene(typed(text).state, now=102.0).lines[0] for text in ("", "zzz", "p", "dowod")]
    assert lines[:2] == [
        "Wpisz słowo, na przykład czego dotyczy sprawa.",
        "Nic nie znaleziono. Wpisz inne słowo albo wróć do listy.",
    ]
    assert lines[2].startswith("Jeszcze ")
    assert lines[3] == "Znaleziono 2 sprawy."


def test_a_forgotten_search_goes_away_with_what_was_typed():
    resident = typed("rozwod").waits(60)
    assert (resident.screen, resident.taps_on("search").state.place.text) == ("start", "")


@pytest.mark.parametrize("language", ROWS)
def test_every_keyboard_has_its_letters_an_eraser_and_a_space_and_fits_in_ten_columns(language):
    keys = "".join(ROWS[language])
    assert len(set(keys)) == len(keys)
    assert {ERASE, SPACE} <= set(keys)
    assert all(len(row) + row.count(SPACE) <= IN_A_ROW for row in ROWS[language])


@pytest.mark.parametrize("language", ["pl", "uk", "de", "en"])
def test_every_name_of_the_office_can_be_typed_in_its_language(language):
    letters = set("".join(ROWS[language])) - {ERASE}
    names = {name for category in OFFICE.categories for name in [category.name[language]]}
    needed = {letter for name in names for letter in name.lower() if letter.isalpha()} - set("mzgoskp")
    assert needed <= letters


def test_a_language_without_a_keyboard_of_its_own_gets_latin_letters():
    resident = Resident(office=replace(OFFICE, languages=["pl", "fr"])).taps_on("language:fr", "search")
    keys = scene(resident.state, "fr", resident.now).keys
    assert ["".join(key.words for key in row[:7]) for row in keys] == ["QWERTYU", "ASDFGHJ", "ZXCVBNM"]


def test_each_key_shows_its_one_letter():
    resident = Resident(office=replace(OFFICE, languages=["pl", "de"])).taps_on("language:de", "search")
    assert [key.words for key in scene(resident.state, "de", resident.now).keys[-1]] == ["Ä", "Ö", "Ü", "ß"]


def test_a_resident_who_listens_hears_each_key_and_what_it_finds():
    resident = Listener().presses("help").goes_to("search").presses("choose").goes_to("type:w").presses("choose")
    assert resident.said[-2] == "W"
    assert resident.said[-1].startswith("w. ")
    resident.goes_to("erase")
    assert resident.said[-1] == "Usuń"

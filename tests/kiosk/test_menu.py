"""How the office's menu is laid before a resident."""

from msgspec.structs import replace

from kiosk.menu import in_language, matters_of, start_entries
from tests.builders import menu


def ids(entries):
    return [entry.id for entry in entries]


def test_the_first_screen_shows_groups_and_the_only_matter_of_a_group():
    entries = start_entries(menu())
    assert ids(entries) == ["vehicles", "identity", "money", "property", "business", "housing", "information"]
    assert [hasattr(entry, "letter") for entry in entries] == [False, False, False, False, True, False, False]


def test_an_office_with_one_group_has_no_second_screen():
    office = menu()
    identity = replace(office, categories=matters_of(office, "identity"))
    assert ids(start_entries(identity)) == ["id-cards", "population"]


def test_a_matter_of_no_known_group_is_not_lost():
    office = menu()
    astray = replace(office, categories=[replace(office.categories[0], group="gone"), *office.categories[1:]])
    assert ids(start_entries(astray))[-1] == "transport"


def test_a_name_without_a_translation_is_told_in_the_offices_language():
    assert in_language({"pl": "gov.pl"}, ["uk", "pl"]) == "gov.pl"
    assert in_language({"de": "Ausweis"}, ["uk", "pl"]) == "Ausweis"
    assert in_language({}, ["pl"]) == ""

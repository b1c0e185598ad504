"""What a resident reads on each screen."""

import pytest
from msgspec.structs import replace

from kiosk.state import Matters, Refused, Start, Thanks
from kiosk.tongue import own_name
from tests.builders import menu, ticket
from tests.kiosk.scenes import NOW, OFFICE, ONE_LIST, scene, states


def choice(view, name):
    return next(choice for choice in view.choices if choice.name == name)


def test_each_matter_says_how_many_wait_and_how_long():
    matters = scene(states()["two matters"])
    assert matters.heading == "Dowody i meldunki"
    assert choice(matters, "matter:id-cards").detail == "23 osoby czekają · 45–120 min"
    assert choice(matters, "matter:id-cards").badge == "D"


def test_a_wait_that_nobody_can_tell_is_not_told():
    office = menu(waiting=3, wait_minutes=None)
    matters = scene(replace(states()["two matters"], menu=office))
    assert choice(matters, "matter:id-cards").detail == "3 osoby czekają"


def test_a_group_names_its_matters():
    assert choice(scene(states()["start"]), "group:identity").detail == "Dowody osobiste · Ewidencja ludności"


def test_a_closed_matter_says_so_and_where_else_to_go():
    business = choice(scene(states()["start"]), "matter:business")
    assert (business.note, business.detail) == ("Teraz nieczynne", "Bez wizyty: biznes.gov.pl, całą dobę")


def test_a_full_matter_says_that_there_are_no_more_numbers_today():
    fees = choice(scene(states()["long names"]), "matter:fees")
    assert fees.note == "Na dziś nie ma już numerów"


def test_a_group_whose_matters_are_all_closed_says_so_and_still_opens():
    office = menu(closed={"id-cards", "population"})
    identity = choice(scene(replace(states()["start"], menu=office)), "group:identity")
    assert identity.note == "Teraz nieczynne"
    assert identity.opens


def test_eighteen_matters_are_shown_on_three_pages():
    pages = [scene(replace(states()["start"], menu=ONE_LIST, place=Start(page))) for page in range(3)]
    assert [len(page.choices) for page in pages] == [8, 8, 2]
    assert [[turn.name for turn in page.pages] for page in pages] == [["page:1"], ["page:0", "page:2"], ["page:1"]]
    shown = [choice.name for page in pages for choice in page.choices]
    assert shown == [f"matter:{category.id}" for category in OFFICE.categories]


def test_the_languages_call_themselves_by_their_own_names():
    languages = scene(states()["start"], "uk").languages
    assert [button.words for button in languages] == ["Polski", "English", "Українська"]
    assert [button.chosen for button in languages] == [False, False, True]
    assert own_name("zz-nonsense") == "ZZ-NONSENSE"


def test_the_start_screen_asks_no_priority_but_offers_it():
    buttons = scene(states()["start"]).buttons
    assert [(button.name, button.words) for button in buttons] == [("priority", "Pierwszeństwo")]
    (chosen,) = scene(states()["start with a priority"]).buttons
    assert (chosen.words, chosen.chosen) == ("Pierwszeństwo", True), "that one is chosen, not which"


def test_a_priority_says_what_it_is_worth():
    elderly = choice(scene(states()["priorities"]), "priority:elderly")
    assert elderly.detail == "miejsce w kolejce wcześniejsze o 10 minut"
    assert choice(scene(states()["priorities"]), "priority:none").title == "Bez pierwszeństwa"


def test_the_number_comes_with_matter_desks_people_ahead_and_wait():
    thanks = scene(replace(states()["printing"], place=Thanks("r1", ticket(), "pl", NOW, NOW + 60, "printed")))
    assert thanks.number == "D017"
    assert thanks.lines == ("Dowody osobiste", "Odbierz bilet.")
    assert [(fact.label, fact.value) for fact in thanks.facts] == [
        ("Przed Tobą", "3 osoby"),
        ("Czas oczekiwania", "5–15 min"),
        ("Gdzie", "Stanowiska 26–30"),
    ]


def test_a_ticket_that_was_not_printed_asks_to_remember_the_number():
    lines = scene(states()["not printed"]).lines
    assert lines[1:] == (
        "Zapamiętaj lub sfotografuj numer.",
        "Nie udało się wydrukować biletu. Numer jest ważny.",
    )


@pytest.mark.parametrize(
    ("code", "heading"),
    [
        ("category_closed", "W tej sprawie teraz nie przyjmujemy"),
        ("category_full", "Na dziś nie ma już numerów"),
        ("unknown_category", "Lista spraw się zmieniła"),
        ("storage_failed", "Nie można teraz wydać numeru"),
        ("not_allowed", "Nie można teraz wydać numeru"),
        ("too_soon", "Nie udało się wydać numeru"),
    ],
)
def test_every_refusal_is_said_in_words(code, heading):
    refused = scene(replace(states()["full"], place=Refused("id-cards", code, NOW + 15)))
    assert refused.heading == heading
    assert [(fact.label, fact.value) for fact in refused.facts] == [("Dowody osobiste", "gov.pl, całą dobę")]


def test_a_screen_that_goes_away_says_so_before():
    number = states()["not printed"]
    assert scene(number).notice == "Za 4 sekundy wrócimy do początku. Dotknij ekranu, aby zostać."
    assert scene(number, now=NOW - 10).notice == ""
    assert scene(states()["start"]).notice == ""


def test_out_of_service_says_what_to_do():
    lines = scene(states()["out of service"]).lines
    assert lines[0] == "Zgłoś się do pracownika urzędu. Pomoże Ci stanąć w kolejce."


def test_a_closed_office_says_what_can_be_settled_without_a_visit():
    closed = scene(states()["closed"], "uk")
    assert closed.heading == "Зараз зачинено"
    assert ("Водії", "gov.pl: wtórnik prawa jazdy, całą dobę") in [(fact.label, fact.value) for fact in closed.facts]


def test_a_group_in_a_language_without_its_name_has_the_offices_own():
    office = replace(OFFICE, groups=[replace(group, name={"pl": group.name["pl"]}) for group in OFFICE.groups])
    shown = scene(replace(states()["start"], menu=office, place=Matters("identity")), "en")
    assert shown.heading == "Dowody i meldunki"

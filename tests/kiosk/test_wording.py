"""What a resident reads on each screen."""

from datetime import UTC, timedelta

import pytest
from msgspec.structs import replace

from kiosk.keypad import things
from kiosk.phrases import side_by_side
from kiosk.place import Matters, Refused, Start, Thanks
from kiosk.tongue import own_name
from kiosk.view import Choice, Fact
from tests.builders import NOON, menu, ticket
from tests.kiosk.scenes import NOW, OFFICE, ONE_LIST, scene, states


def choice(view, name):
    return next(choice for choice in view.choices if choice.name == name)


def test_each_matter_says_how_many_wait_and_how_long():
    matters = scene(states()["two matters"])
    assert matters.heading == "Dowody i meldunki"
    assert choice(matters, "matter:id-cards").detail == side_by_side(
        ("23 osoby czekają", "45–120 min", "Stanowiska 26–30")
    )
    assert choice(matters, "matter:id-cards").badge == "D"


def test_a_wait_that_nobody_can_tell_is_not_told():
    office = menu(waiting=3, wait_minutes=None)
    matters = scene(replace(states()["two matters"], menu=office))
    assert choice(matters, "matter:id-cards").detail == side_by_side(("3 osoby czekają", "Stanowiska 26–30"))


def test_a_group_names_its_matters():
    identity = choice(scene(states()["start"]), "group:identity")
    assert identity.detail == side_by_side(("Dowody osobiste", "Ewidencja ludności"))


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


def test_a_group_without_a_number_to_be_had_says_so_and_still_opens():
    office = menu(full={"id-cards", "population"})
    identity = choice(scene(replace(states()["start"], menu=office)), "group:identity")
    assert (identity.note, identity.opens) == ("Na dziś nie ma już numerów", True)


def test_a_group_of_which_one_matter_is_full_and_one_has_a_break_promises_neither():
    office = menu(full={"id-cards"}, closed={"population"})
    assert choice(scene(replace(states()["start"], menu=office)), "group:identity").note == ""


def test_a_letter_that_several_matters_share_is_on_none_of_them_and_no_letter_is_none():
    letters = {"transport": "K", "vehicles": "K", "drivers": "P", "id-cards": ""}
    office = replace(OFFICE, categories=[replace(c, letter=letters.get(c.id, c.id)) for c in OFFICE.categories])
    shown = [scene(replace(states()["start"], menu=office, place=Matters(group))) for group in ("vehicles", "identity")]
    badges = {one.name: one.badge for view in shown for one in view.choices}
    assert [badges[f"matter:{matter}"] for matter in letters] == ["", "", "P", ""]


def test_eighteen_matters_are_shown_on_three_pages():
    pages = [scene(replace(states()["start"], menu=ONE_LIST, place=Start(page))) for page in range(3)]
    assert [len(page.choices) for page in pages] == [7, 7, 4]
    assert [[turn.name for turn in page.pages] for page in pages] == [["page:1"], ["page:0", "page:2"], ["page:1"]]
    shown = [choice.name for page in pages for choice in page.choices]
    assert shown == [f"matter:{category.id}" for category in OFFICE.categories]


def test_the_languages_call_themselves_by_their_own_names():
    languages = scene(states()["start"], "uk").languages
    assert [button.words for button in languages] == ["Polski", "English", "Українська", "Deutsch"]
    assert [button.chosen for button in languages] == [False, False, True, False]
    assert own_name("zz-nonsense") == "ZZ-NONSENSE"


def test_the_start_screen_asks_no_priority_but_offers_it():
    buttons = scene(states()["start"]).buttons
    assert [(button.name, button.words) for button in buttons] == [("search", "Szukaj"), ("priority", "Pierwszeństwo")]
    (_, chosen) = scene(states()["start with a priority"]).buttons
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


def test_a_number_that_is_called_at_once_says_where_to_go_and_nothing_of_waiting():
    thanks = scene(states()["called at once"])
    assert (thanks.number, thanks.invitation) == ("017", Fact("Zapraszamy od razu", "Stanowisko 30"))
    assert thanks.facts == ()
    assert scene(states()["called at once"], "en").invitation == Fact("Please go now to", "Desk 30")
    assert scene(states()["called at once"], "uk").invitation == Fact("Запрошуємо одразу", "Віконце 30")


def test_a_desk_that_the_menu_does_not_know_is_told_by_its_id():
    number = states()["called at once"]
    assert scene(replace(number, menu=replace(OFFICE, desk_labels={}))).invitation.value == "30"


def test_a_number_that_waits_invites_nobody_yet():
    assert scene(states()["booked"]).invitation.value == ""


def test_a_booked_visit_stands_with_its_time_by_the_office_s_clock():
    number = ticket(booked_at=(NOON + timedelta(minutes=30)).astimezone(UTC))
    thanks = scene(replace(states()["printing"], place=Thanks("r1", number, "pl", NOW, NOW + 60)))
    assert thanks.facts[-1] == Fact("Wizyta umówiona", f"{NOON.hour}:30")
    assert [fact.label for fact in scene(states()["booked"], "uk").facts][-2:] == ["Візит за записом", "Пріоритет"]


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


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("pl", "Dziś nie przyjmiemy już kolejnych osób w tej sprawie. Zapraszamy innego dnia."),
        ("en", "We cannot see any more people about this matter today. Please come on another day."),
        ("uk", "Сьогодні ми вже не приймемо нових відвідувачів у цій справі. Запрошуємо іншого дня."),
    ],
)
def test_a_matter_that_is_full_says_what_is_true_of_a_daily_limit_and_of_a_late_hour(language, line):
    assert scene(states()["full"], language).lines == (line,)


def test_who_comes_too_late_for_a_matter_sees_a_clock_and_no_exclamation_mark():
    assert [scene(states()[name]).sign for name in ("full", "just closed", "not allowed")] == ["closed", "closed", ""]


def test_a_screen_that_goes_away_says_so_before():
    number = states()["not printed"]
    assert scene(number).notice == "Za 4 sekundy wrócimy do początku. Dotknij ekranu, aby zostać."
    assert scene(number, now=NOW - 17).notice == ""
    assert scene(states()["start"]).notice == ""


def test_out_of_service_says_what_to_do():
    lines = scene(states()["out of service"]).lines
    assert lines[0] == "Zgłoś się do pracownika urzędu. Pomoże Ci stanąć w kolejce."


def test_a_closed_office_says_what_can_be_settled_without_a_visit():
    closed = scene(states()["closed"], "uk")
    assert closed.heading == "Зараз зачинено"
    assert ("Водії", "gov.pl: дублікат посвідчення водія, цілодобово") in [
        (fact.label, fact.value) for fact in closed.facts
    ]


def test_a_group_in_a_language_without_its_name_has_the_offices_own():
    office = replace(OFFICE, groups=[replace(group, name={"pl": group.name["pl"]}) for group in OFFICE.groups])
    shown = scene(replace(states()["start"], menu=office, place=Matters("identity")), "en")
    assert shown.heading == "Dowody i meldunki"


@pytest.mark.parametrize("name", states())
@pytest.mark.parametrize("language", ["pl", "de"])
def test_every_screen_has_a_heading_and_all_to_touch_has_words(name, language):
    shown = scene(states()[name], language)
    assert shown.heading
    for thing in things(shown):
        assert thing.title if isinstance(thing, Choice) else thing.said or thing.words, thing.name

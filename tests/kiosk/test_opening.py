"""When a matter gives numbers again, in four languages."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk.opening import earliest, opens
from kiosk.place import Matters
from kiosk.tongue import tongue
from tests.builders import NOON, menu
from tests.kiosk.scenes import AGAIN, catalogue, scene, states

TODAY = menu().day
SEVEN_THIRTY = NOON.replace(hour=7, minute=30)


@pytest.mark.parametrize(
    ("days", "polish", "english", "ukrainian", "german"),
    [
        (0, "dziś od 7:30", "today from 7:30", "сьогодні з 7:30", "heute ab 7:30 Uhr"),
        (1, "jutro od 7:30", "tomorrow from 7:30", "завтра з 7:30", "morgen ab 7:30 Uhr"),
        (2, "w środę od 7:30", "on Wednesday from 7:30", "у середу з 7:30", "am Mittwoch ab 7:30 Uhr"),
        (6, "w niedzielę od 7:30", "on Sunday from 7:30", "у неділю з 7:30", "am Sonntag ab 7:30 Uhr"),
        (7, "od 30 listopada, 7:30", "from 30 November, 7:30", "з 30 листопада, 7:30", "ab 30. November, 7:30 Uhr"),
    ],
)
def test_a_day_is_called_as_people_call_it(days, polish, english, ukrainian, german):
    said = [
        opens(tongue(menu(), language, "pl", catalogue), SEVEN_THIRTY + timedelta(days=days), TODAY)
        for language in ("pl", "en", "uk", "de")
    ]
    assert said == [polish, english, ukrainian, german]


def test_the_first_moment_that_is_known_counts():
    assert earliest([None, NOON + timedelta(1), NOON]) == NOON
    assert earliest([None]) is None


def test_a_menu_without_a_readable_day_still_says_the_hour():
    assert opens(tongue(None, None, "pl", catalogue), SEVEN_THIRTY, "soon") == "dziś od 7:30"


def test_a_closed_and_a_full_matter_say_until_when_and_where_else_to_go():
    choices = {choice.name: choice for choice in scene(states()["closed and full until when"]).choices}
    business = choices["matter:business"]
    hour = NOON + timedelta(days=0.1)
    assert business.note == f"Teraz nieczynne, zapraszamy dziś od {hour.hour}:{hour:%M}"
    assert business.detail == "Bez wizyty: biznes.gov.pl, całą dobę"
    money = scene(states()["full until the new year"], "en").choices
    assert money[1].note.startswith("No more numbers today, again from 2 January, ")


def test_a_closed_office_says_when_it_opens():
    assert scene(states()["closed until tomorrow"]).lines[0].startswith("Numery wydajemy znowu jutro od ")
    assert scene(states()["closed"]).lines[0] == "Numery wydajemy w godzinach pracy urzędu."


def test_a_refusal_says_when_to_come_again():
    assert scene(states()["full, and when again"]).lines[-1].startswith("Numery wydajemy znowu od 2 stycznia, ")


def test_a_matter_in_a_group_says_until_when():
    property_ = replace(states()["five matters"], menu=AGAIN, place=Matters("property"))
    assert scene(property_).choices[1].note.startswith("Teraz nieczynne, zapraszamy w piątek od ")

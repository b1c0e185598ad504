"""The reason of a call in words: the same numbers in Polish and in English."""

from dataclasses import replace

import pytest

from broker.domain.grounds import Grounds
from broker.domain.reason import LANGUAGES, in_every_language, in_words
from tests.broker.domain.halls import MORNING, WARSAW, minutes

# Issued at 10:17 in Warsaw, with a small child.
IN_TURN = Grounds(
    how="in_turn",
    desk="30",
    issued_at=MORNING + minutes(77),
    place=MORNING + minutes(62),
    priority="small-child",
    head_start_minutes=15,
    next_number="B003",
    next_place=MORNING + minutes(65),
)
PLAIN = Grounds("in_turn", "30", issued_at=MORNING, place=MORNING)

SAID = {
    "in turn": (
        IN_TURN,
        "miejsce 10:02: wydany o 10:17, pierwszeństwo 15 min; następny w kolejce: B003, miejsce 10:05",
        "place 10:02: issued 10:17, head start 15 min; next in line B003 at 10:05",
    ),
    "alone in line": (
        PLAIN,
        "miejsce 09:00: wydany o 09:00; w kolejce nikogo więcej",
        "place 09:00: issued 09:00; nobody else in line",
    ),
    "at a desk that stands in": (
        replace(PLAIN, place=MORNING + minutes(10), handicap_minutes=10),
        "miejsce 09:10: wydany o 09:00, zastępstwo 10 min; w kolejce nikogo więcej",
        "place 09:10: issued 09:00, handicap 10 min; nobody else in line",
    ),
    "issued after the clock went back": (
        replace(PLAIN, place=MORNING + minutes(5), anchor=MORNING + minutes(5)),
        "miejsce 09:05: wydany o 09:00, liczony od 09:05; w kolejce nikogo więcej",
        "place 09:05: issued 09:00, anchor 09:05; nobody else in line",
    ),
    "booked and in time": (
        replace(PLAIN, place=MORNING + minutes(5), anchor=MORNING + minutes(5), booked_at=MORNING + minutes(5)),
        "miejsce 09:05: wydany o 09:00, umówiony na 09:05; w kolejce nikogo więcej",
        "place 09:05: issued 09:00, booked for 09:05; nobody else in line",
    ),
    "booked for the very moment": (
        replace(PLAIN, booked_at=MORNING),
        "miejsce 09:00: wydany o 09:00, umówiony na 09:00; w kolejce nikogo więcej",
        "place 09:00: issued 09:00, booked for 09:00; nobody else in line",
    ),
    "booked and late": (
        replace(PLAIN, booked_at=MORNING - minutes(60)),
        "miejsce 09:00: wydany o 09:00, umówiony na 08:00, zgłoszony nie o czasie; w kolejce nikogo więcej",
        "place 09:00: issued 09:00, booked for 08:00 but not on time; nobody else in line",
    ),
    "without a press": (
        replace(PLAIN, how="auto"),
        "miejsce 09:00: wydany o 09:00; w kolejce nikogo więcej; wezwany automatycznie: stanowisko 30 było gotowe",
        "place 09:00: issued 09:00; nobody else in line; called without a press: desk 30 was ready",
    ),
    "by number": (
        replace(IN_TURN, how="by_number"),
        "poza kolejnością: stanowisko 30 poprosiło o D017",
        "out of turn: desk 30 asked for D017",
    ),
}


@pytest.mark.parametrize("when", SAID)
def test_a_ticket_called_is_told_why_in_polish_and_in_english(when):
    grounds, polish, english = SAID[when]
    assert in_every_language(grounds, "D017", WARSAW) == {"pl": polish, "en": english}


def test_every_language_gives_every_number_of_a_call():
    for language in LANGUAGES:
        words = in_words(replace(IN_TURN, handicap_minutes=7), "D017", WARSAW, language)
        assert all(number in words for number in ("10:02", "10:17", "15 min", "7 min", "B003", "10:05"))

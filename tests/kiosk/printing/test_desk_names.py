"""The desks of a matter, written shortly."""

import pytest

from kiosk.printing.desk_names import desk_names

PLURALS = {"Stanowisko": "Stanowiska", "Pokój": "Pokoje"}


def named(*labels, longest=80):
    return desk_names(labels, lambda kind: PLURALS.get(kind, kind), "i inne", longest)


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (["Stanowisko 17"], "Stanowisko 17"),
        (["Stanowisko 12", "Stanowisko 13"], "Stanowiska 12, 13"),
        (["Stanowisko 28", "Stanowisko 26", "Stanowisko 27"], "Stanowiska 26–28"),
        (["Stanowisko 1", "Stanowisko 2", "Stanowisko 3", "Stanowisko 5"], "Stanowiska 1–3, 5"),
        (["Pokój 4", "Stanowisko 1", "Stanowisko 2"], "Stanowiska 1, 2, Pokój 4"),
        (["Biurko 1", "Biurko 2", "Biurko 3"], "Biurko 1–3"),
        (["Kancelaria"], "Kancelaria"),
        (["Sala Obsługi", "Stanowisko 2"], "Stanowisko 2, Sala Obsługi"),
        (["Stanowisko 7", "Stanowisko 7"], "Stanowisko 7"),
    ],
)
def test_desks_are_named_in_as_few_words_as_possible(labels, said):
    assert named(*labels) == said


def test_more_desks_than_the_paper_holds_end_with_others():
    said = named(*(f"Stanowisko {number}" for number in range(1, 99, 2)), longest=40)
    assert said == "Stanowiska 1, 3, 5, 7, 9, 11, 13 i inne"
    assert len(said) <= 40

"""What the residents of a rehearsal touch."""

import pytest

from broker.rehearsal.residents import AT_THE_KIOSK, ELSEWHERE, Visit, coming, taps
from tests.builders import menu


@pytest.mark.parametrize(
    ("visit", "touched"),
    [
        (Visit(0, "id-cards"), ["group:identity", "matter:id-cards"]),
        (Visit(0, "population", language="uk"), ["language:uk", "group:identity", "matter:population"]),
        (Visit(0, "business", language="en"), ["language:en", "matter:business"]),
        (
            Visit(0, "id-cards", priority="small-child"),
            ["priority", "priority:small-child", "group:identity", "matter:id-cards"],
        ),
    ],
)
def test_a_resident_touches_language_priority_group_and_matter_as_far_as_needed(visit, touched):
    assert taps(visit, menu()) == touched


def test_the_residents_ask_for_what_the_sample_office_has():
    office = menu()
    matters, priorities = {c.id for c in office.categories}, {p.id for p in office.priorities}
    for visit in AT_THE_KIOSK + ELSEWHERE:
        assert visit.category in matters
        assert visit.priority is None or visit.priority in priorities
        assert visit.language in office.languages


def test_a_short_rehearsal_still_has_a_polish_and_a_ukrainian_resident_at_the_kiosk():
    assert [visit.language for visit in coming(AT_THE_KIOSK, 10)] == ["pl", "uk"]


def test_nobody_comes_when_the_doors_are_closed():
    assert all(visit.at <= 27 for visit in coming(AT_THE_KIOSK + ELSEWHERE, 45))
    assert len(coming(AT_THE_KIOSK + ELSEWHERE, 45)) == len(AT_THE_KIOSK + ELSEWHERE)

"""When residents are told that a closed or full matter gives numbers again."""

from datetime import date, datetime

import pytest

from broker.domain.hours import Hours, span
from broker.domain.reopening import next_opening
from tests.broker.domain.halls import WARSAW, category, office

WEEK = Hours({"mon": (span("07:30-11:30"), span("12:00-15:30")), "fri": (span("07:30-14:00"),)})
CARDS = category("cards", "D", hours=WEEK)
OFFICE = office((CARDS,))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("now", "full", "opens"),
    [
        ("2026-11-23T06:00", False, "2026-11-23T07:30"),  # a Monday, before the doors open
        ("2026-11-23T11:45", False, "2026-11-23T12:00"),  # in the break
        ("2026-11-23T10:00", True, "2026-11-27T07:30"),  # full: not after the break of the same day
        ("2026-11-23T16:00", False, "2026-11-27T07:30"),
        ("2026-11-27T15:00", False, "2026-11-30T07:30"),  # over the weekend
        ("2026-11-30T03:00", True, "2026-11-30T07:30"),  # in the night the business day is still yesterday's
    ],
)
def test_a_closed_matter_says_when_it_opens_and_a_full_one_not_before_another_day(now, full, opens):
    assert next_opening(OFFICE, CARDS, at(now), full=full) == at(opens)


def test_days_off_and_holidays_are_passed_over():
    closed = office((CARDS,), days_off=frozenset({date(2026, 11, 27)}), holidays={date(2026, 11, 30)})
    assert next_opening(closed, CARDS, at("2026-11-23T16:00"), full=False) == at("2026-12-04T07:30")


def test_the_hour_is_told_by_the_clock_on_the_wall_though_the_clocks_change_between():
    opening = next_opening(OFFICE, CARDS, at("2026-10-23T16:00"), full=False)
    assert opening.isoformat() == "2026-10-26T07:30:00+01:00"


def test_a_matter_that_never_opens_or_never_closes_promises_no_hour():
    assert next_opening(OFFICE, category("cards", "D", hours=Hours({})), at("2026-11-23T06:00"), full=False) is None
    assert next_opening(OFFICE, category("cards", "D"), at("2026-11-23T06:00"), full=True) is None

"""Opening hours: which days a key names, which minutes a span holds."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from broker.domain.hours import Hours, days, local_time, span
from tests.broker.domain.halls import category, office

WEEK = Hours({"mon": (span("07:30-11:30"), span("12:00-15:30")), "fri": (span("07:30-14:00"),)})
MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 - the office's own time


@pytest.mark.parametrize(
    ("key", "named"),
    [
        ("mon", ("mon",)),
        ("sun", ("sun",)),
        ("mon-thu", ("mon", "tue", "wed", "thu")),
        ("sat-sun", ("sat", "sun")),
        ("wed-wed", ("wed",)),
        ("daily", ("mon", "tue", "wed", "thu", "fri", "sat", "sun")),
        ("holidays", ("holidays",)),
    ],
)
def test_a_key_names_days(key, named):
    assert days(key) == named


@pytest.mark.parametrize("key", ["", "-", "mon-", "-fri", "fri-mon", "monday", "Mon", "mon-wed-fri", "mon - fri"])
def test_a_key_that_names_no_days_is_refused(key):
    with pytest.raises(ValueError):
        days(key)


def test_a_span_is_two_times_of_the_day():
    assert span("07:30-15:30") == (time(7, 30), time(15, 30))
    assert span("07:30 - 15:30") == (time(7, 30), time(15, 30))


@pytest.mark.parametrize(
    "text", ["", "-", "07:30", "07:30-", "-15:30", "15:30-07:30", "08:00-08:00", "7-15", "08:00-25:00", "08:00Z-15:00Z"]
)
def test_a_span_that_ends_before_it_starts_or_is_none_is_refused(text):
    with pytest.raises(ValueError):
        span(text)


@pytest.mark.parametrize("text", ["04:00Z", "04:00+01:00", "4 o'clock", ""])
def test_a_time_of_the_day_brings_no_time_zone(text):
    with pytest.raises(ValueError):
        local_time(text)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [("07:29", False), ("07:30", True), ("11:29", True), ("11:30", False), ("12:00", True), ("15:30", False)],
)
def test_a_matter_opens_on_the_minute_and_is_closed_on_the_last_one(at, is_open):
    assert WEEK.open_at(datetime.combine(MONDAY, time.fromisoformat(at))) is is_open


def test_a_day_that_is_not_named_is_closed():
    assert not WEEK.open_at(datetime(2026, 11, 24, 9))  # noqa: DTZ001
    assert not WEEK.open_at(datetime(2026, 11, 28, 9))  # noqa: DTZ001


def test_hours_of_a_public_holiday_go_before_those_of_the_weekday():
    nine = MONDAY.replace(hour=9)
    assert not WEEK.open_at(nine, holiday=True)
    assert Hours({"holidays": (span("09:00-10:00"),)}).open_at(nine, holiday=True)


def test_hours_are_those_of_the_office_on_both_sides_of_the_night_when_clocks_change():
    cards = category("cards", "D", hours=Hours({"sat": (span("07:30-15:30"),), "mon": (span("07:30-15:30"),)}))
    hall = office((cards,))
    # The last Saturday of summer time: 07:30 is 05:30 UTC; the Monday after it, 06:30 UTC.
    assert hall.takes(cards, datetime(2026, 10, 24, 5, 30, tzinfo=UTC))
    assert not hall.takes(cards, datetime(2026, 10, 26, 5, 30, tzinfo=UTC))
    assert hall.takes(cards, datetime(2026, 10, 26, 6, 30, tzinfo=UTC))


def test_an_office_on_holiday_takes_no_tickets_at_its_usual_hours():
    cards = category("cards", "D", hours=Hours({"wed": (span("07:30-15:30"),)}))
    working = office((cards,))
    closed = replace(working, holidays=frozenset({date(2026, 11, 11)}))
    ten = datetime(2026, 11, 11, 9, 0, tzinfo=UTC)
    assert working.takes(cards, ten)
    assert not closed.takes(cards, ten)

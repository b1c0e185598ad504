"""Opening hours: which days a key names, which minutes a span holds."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from broker.domain.hours import Hours, days, local_time, span
from tests.broker.domain.halls import category, office

WEEK = Hours({"mon": (span("07:30-11:30"), span("12:00-15:30")), "fri": (span("07:30-14:00"),)})
A_SECOND = timedelta(seconds=1)
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


def test_a_day_off_closes_every_matter_from_midnight_to_midnight_of_the_office():
    with_hours = category(
        "cards", "D", hours=Hours({"thu": (span("07:30-15:30"),), "holidays": (span("08:00-09:00"),)})
    )
    without = category("business", "B")
    its_office = office((with_hours, without), days_off=frozenset({date(2026, 12, 31)}))
    assert not its_office.takes(with_hours, datetime(2026, 12, 31, 9, tzinfo=UTC))
    assert its_office.takes(with_hours, datetime(2026, 12, 24, 9, tzinfo=UTC))
    new_year = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)
    begins = new_year - timedelta(days=1)
    assert [its_office.takes(without, at) for at in (begins - A_SECOND, begins, new_year - A_SECOND, new_year)] == [
        True,
        False,
        False,
        True,
    ]


def test_a_day_off_closes_a_matter_that_has_hours_on_holidays():
    cards = category("cards", "D", hours=Hours({"holidays": (span("08:00-12:00"),)}))
    christmas = frozenset({date(2026, 12, 25)})
    nine = datetime(2026, 12, 25, 8, tzinfo=UTC)
    assert office((cards,), holidays=christmas).takes(cards, nine)
    assert not office((cards,), holidays=christmas, days_off=christmas).takes(cards, nine)


def test_a_matter_closes_for_a_break_and_opens_again():
    cards = category("cards", "D", hours=WEEK)
    its_office = office((cards,))
    noon = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
    assert [its_office.takes(cards, noon - timedelta(minutes=ago)) for ago in (31, 30, 1, 0)] == [
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("at", "left"),
    [
        ("00:00", "7:30:00"),
        ("07:30", "7:30:00"),
        ("11:00", "4:00:00"),
        ("11:30", "3:30:00"),
        ("11:45", "3:30:00"),
        ("15:29:59", "0:00:01"),
        ("15:30", "0:00:00"),
        ("23:00", "0:00:00"),
    ],
)
def test_the_open_time_that_is_left_today_is_the_rest_of_the_spans_without_the_breaks(at, left):
    assert str(WEEK.left(datetime.combine(MONDAY, time.fromisoformat(at)))) == left


def test_spans_that_overlap_or_stand_in_any_order_count_once():
    hours = Hours({"mon": (span("12:00-14:00"), span("08:00-10:00"), span("09:00-13:00"))})
    assert hours.left(MONDAY) == timedelta(hours=6)
    assert hours.left(MONDAY.replace(hour=9, minute=30)) == timedelta(hours=4, minutes=30)


def test_no_open_time_is_left_on_a_closed_day_and_on_a_holiday_that_of_the_holiday():
    assert WEEK.left(datetime(2026, 11, 24)) == timedelta()  # noqa: DTZ001
    assert WEEK.left(MONDAY, holiday=True) == timedelta()
    assert Hours({"holidays": (span("09:00-10:00"),)}).left(MONDAY, holiday=True) == timedelta(hours=1)

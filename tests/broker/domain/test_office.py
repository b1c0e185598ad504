"""The office: which business day a moment belongs to, who serves what, how much earlier a priority stands."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.broker.domain.halls import WARSAW, category, desk, minutes, office


def day_of(local, **fields):
    """Return the business day of a moment given in Warsaw's own time."""
    return office(**fields).business_day(local.replace(tzinfo=WARSAW).astimezone(UTC))


@pytest.mark.parametrize(
    ("local", "day"),
    [
        (datetime(2026, 11, 23, 3, 59, 59), date(2026, 11, 22)),  # noqa: DTZ001 - Warsaw's own time
        (datetime(2026, 11, 23, 4, 0), date(2026, 11, 23)),  # noqa: DTZ001
        (datetime(2026, 11, 23, 23, 59), date(2026, 11, 23)),  # noqa: DTZ001
        (datetime(2026, 11, 24, 0, 0), date(2026, 11, 23)),  # noqa: DTZ001
        (datetime(2027, 1, 1, 3, 0), date(2026, 12, 31)),  # noqa: DTZ001
        (datetime(2026, 12, 30, 12, 0), date(2026, 12, 30)),  # noqa: DTZ001 - in the first week of 2027
    ],
)
def test_a_business_day_begins_at_four_in_the_morning(local, day):
    assert day_of(local) == day


@pytest.mark.parametrize(
    ("rolls_over", "day"),
    [
        (datetime(2026, 3, 29, 2, 0, tzinfo=UTC), date(2026, 3, 29)),  # summer time begins: 04:00 is 02:00 UTC
        (datetime(2026, 10, 25, 3, 0, tzinfo=UTC), date(2026, 10, 25)),  # summer time ends: 04:00 is 03:00 UTC
        (datetime(2026, 3, 28, 3, 0, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 10, 24, 2, 0, tzinfo=UTC), date(2026, 10, 24)),
    ],
)
def test_the_day_rolls_over_once_in_the_nights_when_clocks_change(rolls_over, day):
    warsaw = office()
    before = {warsaw.business_day(rolls_over - minutes(1 + ago)) for ago in range(24 * 60 - 60)}
    after = {warsaw.business_day(rolls_over + minutes(later)) for later in range(23 * 60)}
    assert before == {day - timedelta(days=1)}
    assert after == {day}


def test_a_roll_over_hour_that_a_night_has_twice_or_never_loses_no_day():
    for night in (datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 3, 28, 20, tzinfo=UTC)):
        warsaw = office(day_starts=time(2, 30))
        assert [warsaw.business_day(night + timedelta(hours=hours)).day for hours in (0, 10)] == [
            night.day,
            night.day + 1,
        ]


def test_an_office_may_begin_its_day_at_another_hour():
    night = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert office().business_day(night) == date(2026, 11, 22)
    assert office(day_starts=time(0)).business_day(night) == date(2026, 11, 23)


def test_a_matter_is_taken_by_its_own_desks_and_by_the_stand_ins():
    assert office().desks_of == {"cards": ("1", "2"), "residence": ("1",), "business": ("2", "3")}


def test_a_matter_without_a_desk_is_taken_by_none():
    assert office((category("cards", "D"), category("tax", "T")), (desk("1", "cards"),)).desks_of["tax"] == ()


def test_an_ordinary_ticket_has_no_head_start():
    assert office().head_start("child") == minutes(15)
    assert office().head_start(None) == minutes(0)
    assert office().head_start("gone") == minutes(0)

"""Booked visits: on time they stand where they were booked, otherwise where they came."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.hours import Hours, span
from broker.domain.refusals import BadRequest, CategoryClosed, CategoryFull
from tests.broker.domain.halls import MORNING, WARSAW, Day, category, desk, minutes, office


def check_in(day, booked_at, after_s=0, matter="cards", priority=None):
    """Check in for a booked visit, and return its ticket."""
    (issued,) = day.does(c.IssueTicket(matter, priority, booked_at=booked_at), after_s)
    return day.hall.by_order(issued.order)


def walk_in(day, after_s=10):
    """Take a ticket without a booking, and return it."""
    number = day.take(after_s=after_s)
    return day.hall.ticket(number)


def called(day):
    """Press NEXT at desk 1, and return the number that it calls."""
    return next(event.number for event in day.press(c.CallNext) if isinstance(event, e.TicketCalled))


# -- where a visit stands ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("late", [-30, -1, 0, 10])
def test_who_checks_in_on_time_stands_at_the_booked_time(late):
    day = Day()
    booked_at = MORNING + timedelta(hours=1)
    ticket = check_in(day, booked_at, after_s=(60 + late) * 60)
    assert (ticket.anchor, ticket.booked_at, ticket.issued_at) == (booked_at, booked_at, day.now)


@pytest.mark.parametrize("late_s", [-30 * 60 - 1, 10 * 60 + 1, 3 * 3600])
def test_who_checks_in_too_early_or_too_late_stands_where_anybody_would_who_came_now(late_s):
    day = Day()
    booked_at = MORNING + timedelta(hours=1)
    ticket = check_in(day, booked_at, after_s=3600 + late_s)
    assert (ticket.anchor, ticket.booked_at) == (day.now, booked_at)


def test_the_office_says_what_on_time_is():
    day = Day(office(booking_early_minutes=5, booking_late_minutes=0))
    anchors = [check_in(day, MORNING + minutes(booked), after_s=600).anchor for booked in (15, 19, 30)]
    assert anchors == [MORNING + minutes(15), MORNING + minutes(20), MORNING + minutes(30)]


def test_a_walk_in_has_no_booked_time():
    day = Day()
    assert walk_in(day).booked_at is None


def test_a_booked_visit_is_called_before_those_who_came_after_its_time_and_after_those_before_it():
    day = Day()
    day.press(c.OpenDesk)
    before, booked = day.take(), check_in(day, MORNING + minutes(10), after_s=60).number
    after = day.take(after_s=15 * 60)
    assert [called(day) for _ in range(3)] == [before, booked, after]


def test_a_head_start_counts_for_a_booked_visit_too():
    day = Day()
    day.press(c.OpenDesk)
    first = day.take()
    booked = check_in(day, MORNING + minutes(10), priority="child").number
    assert [called(day) for _ in range(2)] == [booked, first]


def test_nobody_is_pushed_back_by_a_visit_booked_for_later():
    """The ticket before stands in the future; whoever comes next still stands at the time when they came."""
    day = Day()
    check_in(day, MORNING + minutes(30))
    assert walk_in(day, after_s=60).anchor == day.now


def test_who_comes_after_the_clock_was_set_back_overtakes_nobody_though_visits_were_booked():
    day = Day()
    earlier = walk_in(day, after_s=3600)
    check_in(day, day.now + minutes(20))
    later = walk_in(day, after_s=-1800)
    assert later.issued_at < earlier.issued_at
    assert later.anchor == earlier.anchor
    booked = check_in(day, day.now)
    assert booked.anchor == earlier.anchor, "by the clock it is on time; it came half an hour too late"


def test_a_visit_is_overtaken_only_by_those_who_came_at_most_so_many_minutes_after_its_place():
    """The bound: largest head start, largest handicap, and the minutes that a booked visit may be late."""
    day = Day(office((category("cards", "D"),), (desk("1", "cards"),), (("child", 15),)))
    day.press(c.OpenDesk)
    waits = walk_in(day)
    booked_at = waits.anchor + minutes(15) - timedelta(seconds=1)
    overtakes = check_in(day, booked_at, after_s=25 * 60 - 1, priority="child")
    too_late = check_in(day, booked_at, after_s=1, priority="child")
    assert overtakes.issued_at < too_late.issued_at == waits.anchor + minutes(15 + 10)
    assert [called(day) for _ in range(3)] == [overtakes.number, waits.number, too_late.number]


# -- what is refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("booked_at", "says"),
    [
        (datetime(2026, 11, 23, 10), r"booked_at 2026-11-23T10:00:00 lacks its offset from UTC"),  # noqa: DTZ001
        (datetime(2026, 11, 24, 10, tzinfo=UTC), r"booked_at 2026-11-24T10:00:00\+00:00 is not on 2026-11-23"),
        (datetime(2026, 11, 22, 10, tzinfo=UTC), r"is not on 2026-11-23, which is today"),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), r"is not on 2026-11-23"),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-14))), r"is not on 2026-11-23"),
    ],
)
def test_a_visit_booked_for_another_day_or_for_nobody_knows_when_is_refused_with_the_reason(booked_at, says):
    with pytest.raises(BadRequest, match=says):
        check_in(Day(), booked_at)


def test_the_day_of_a_booking_is_the_business_day_of_the_office():
    late_shift = Day()
    past_midnight = datetime(2026, 11, 24, 3, 0, tzinfo=WARSAW)
    assert check_in(late_shift, past_midnight).booked_at == past_midnight
    with pytest.raises(BadRequest):
        check_in(late_shift, past_midnight + timedelta(hours=1))


def test_a_booking_opens_no_closed_matter_and_no_full_one():
    cards = category("cards", "D", daily_limit=1, hours=Hours({"mon": (span("09:00-10:00"),)}))
    day = Day(office((cards,), (desk("1", "cards"),)))
    check_in(day, MORNING + minutes(5))
    with pytest.raises(CategoryFull):
        check_in(day, MORNING + minutes(5))
    with pytest.raises(CategoryClosed):
        check_in(day, MORNING + minutes(65), after_s=3600)


# -- in the log --------------------------------------------------------------------------------------------------------


def test_the_log_keeps_the_booked_time_in_utc_and_folds_to_the_same_hall():
    day = Day()
    local = (MORNING + minutes(10)).astimezone(WARSAW)
    (issued,) = day.does(c.IssueTicket("cards", booked_at=local))
    assert (issued.booked_at, issued.anchor, issued.booked_at.tzinfo) == (local, local, UTC)
    assert replace(day.hall, seq=0) == replace(type(day.hall)(day.hall.office).after(*day.events), seq=0)
    day.end()
    assert day.hall.latest_issue is None

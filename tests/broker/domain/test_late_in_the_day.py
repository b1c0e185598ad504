"""No more tickets today: an office that stops in time gives none to those who would be called after closing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from broker.domain import commands as c
from broker.domain.forecast import Forecast
from broker.domain.hours import Hours, span
from broker.domain.refusals import CategoryFull
from tests.broker.domain.halls import Day, category, desk, minutes, office

UNTIL_TEN = Hours({"mon": (span("09:00-10:00"),)})
WITH_A_BREAK = Hours({"mon": (span("09:00-09:30"), span("12:00-12:30"))})
TEN_MINUTES_EACH = {"cards": (600.0, 600.0, 600.0)}


def day_with(hours=UNTIL_TEN, services=TEN_MINUTES_EACH, *, stop_when_late=True, its_desk_is_open=True):
    """Begin a Monday at 09:00 with one desk, whose services take ten minutes."""
    cards = category("cards", "D", hours=hours)
    day = Day(office((cards,), (desk("1", "cards"),), stop_when_late=stop_when_late))
    day.hall = replace(day.hall, service_s=services)
    if its_desk_is_open:
        day.press(c.OpenDesk, after_s=0)
    return day


def tickets_given_out(day, most=20):
    """Take tickets at one moment until the matter is full, and return how many there were."""
    for given_out in range(most):
        if day.hall.is_full(day.hall.office.categories["cards"], day.now):
            return given_out
        day.take(after_s=0)
    return most


def test_tickets_end_when_those_who_wait_will_take_until_closing():
    """In an hour six services of ten minutes begin; who stands behind five still has a chance."""
    day = day_with()
    assert tickets_given_out(day) == 6
    with pytest.raises(CategoryFull, match="cards: those who wait will take until it closes"):
        day.take(after_s=0)


def test_half_an_hour_before_closing_there_is_room_for_half_as_many():
    day = day_with()
    day.now += minutes(30)
    assert tickets_given_out(day) == 3


def test_there_are_tickets_again_when_somebody_gives_one_back():
    day = day_with()
    tickets_given_out(day)
    day.does(c.CancelTicket("D006"), after_s=0)
    assert day.take(after_s=0) == "D007"


def test_a_break_is_not_the_end_of_the_day():
    day = day_with(WITH_A_BREAK)
    day.now += minutes(15)
    assert tickets_given_out(day) == 5, "15 minutes before the break and 30 after it"


def test_what_is_left_after_the_break_counts_alone_once_it_is_over():
    day = day_with(WITH_A_BREAK)
    day.now += minutes(3 * 60 + 10)
    assert tickets_given_out(day) == 2


@pytest.mark.parametrize(
    "unknown",
    [
        {"stop_when_late": False},
        {"hours": None},
        {"services": {}},
        {"services": {"cards": (600.0, 600.0)}},
        {"its_desk_is_open": False},
    ],
    ids=["not wanted", "never closes", "no services yet", "too few services", "nobody at a desk"],
)
def test_nobody_is_turned_away_where_the_office_does_not_want_it_or_nobody_can_know(unknown):
    assert tickets_given_out(day_with(**unknown)) == 20


def test_a_booked_visit_is_never_turned_away_for_being_late_in_the_day():
    day = day_with()
    tickets_given_out(day)
    (issued,) = day.does(c.IssueTicket("cards", booked_at=day.now + minutes(20)), after_s=0)
    assert issued.number == "D007"


def test_a_second_desk_makes_room_for_more():
    cards = category("cards", "D", hours=UNTIL_TEN)
    day = Day(office((cards,), (desk("1", "cards"), desk("2", "cards")), stop_when_late=True))
    day.hall = replace(day.hall, service_s=TEN_MINUTES_EACH)
    day.press(c.OpenDesk, "1", after_s=0)
    day.press(c.OpenDesk, "2", after_s=0)
    assert tickets_given_out(day) == 12


def test_the_forecast_says_so_to_the_second():
    day = day_with()
    cards, forecast = day.hall.office.categories["cards"], Forecast(day.hall)
    half_a_service_before_ten = day.now + minutes(55)
    assert not forecast.is_too_late(cards, half_a_service_before_ten)
    assert forecast.is_too_late(cards, half_a_service_before_ten + timedelta(seconds=1))


def test_a_matter_without_tickets_left_is_full_whatever_the_hour():
    cards = category("cards", "D", daily_limit=2, hours=UNTIL_TEN)
    day = Day(office((cards,), (desk("1", "cards"),), stop_when_late=True))
    assert tickets_given_out(day) == 2
    with pytest.raises(CategoryFull, match="all 2 tickets"):
        day.take(after_s=0)

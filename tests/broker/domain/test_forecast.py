"""How long it will take: an honest blank, or a range that the hall can keep."""

from dataclasses import replace

import pytest

from broker.domain import commands as c
from broker.domain.forecast import Forecast
from tests.broker.domain.halls import Day, category, desk, office

TEN_MINUTES_EACH = dict.fromkeys(("cards", "residence", "business"), (540.0, 600.0, 660.0))


def hall_with(*open_desks, waiting=(), services=None, its_office=None):
    """Make a hall with these desks open and one ticket of each matter in `waiting`."""
    day = Day(its_office)
    for open_desk in open_desks:
        day.press(c.OpenDesk, open_desk)
    for matter in waiting:
        day.take(matter)
    return replace(day.hall, service_s=TEN_MINUTES_EACH if services is None else services)


@pytest.mark.parametrize("services", [{}, {"cards": ()}, {"cards": (600.0, 600.0)}, {"business": (600.0,) * 12}])
def test_nothing_is_promised_after_fewer_than_three_services_of_the_matter(services):
    assert Forecast(hall_with("1", services=services)).newcomer("cards") is None


def test_nothing_is_promised_where_no_desk_takes_the_matter_now():
    assert Forecast(hall_with()).newcomer("cards") is None
    assert Forecast(hall_with("3")).newcomer("cards") is None


def test_nothing_is_promised_while_the_only_clerk_is_away():
    day = Day()
    day.press(c.OpenDesk)
    day.press(c.PauseDesk)
    assert Forecast(replace(day.hall, service_s=TEN_MINUTES_EACH)).newcomer("cards") is None


def test_nothing_is_promised_for_a_matter_that_does_not_exist():
    assert Forecast(hall_with("1")).newcomer("tax") is None


def test_a_resident_behind_three_services_of_ten_minutes_waits_about_half_an_hour():
    low, high = Forecast(hall_with("1")).wait("cards", 3)
    assert 30 <= low <= 35 <= high <= 40


def test_a_resident_with_nobody_ahead_waits_about_half_a_service():
    low, high = Forecast(hall_with("1")).newcomer("cards")
    assert 3 <= low <= 5 <= high <= 7


def test_a_newcomer_stands_behind_everybody_who_waits_for_the_matter():
    forecast = Forecast(hall_with("1", waiting=["cards", "cards"]))
    assert forecast.newcomer("cards") == forecast.wait("cards", 2)
    assert forecast.waiting == {"cards": 2, "residence": 0, "business": 0}


def test_two_desks_halve_the_wait():
    office_of_two = office((category("cards", "D"),), (desk("1", "cards"), desk("2", "cards")))
    one = Forecast(hall_with("1", its_office=office_of_two)).wait("cards", 7)
    two = Forecast(hall_with("1", "2", its_office=office_of_two)).wait("cards", 7)
    assert two[1] == pytest.approx(one[1] / 2, abs=1)


def test_a_desk_that_others_wait_for_too_gives_each_matter_its_share():
    alone = Forecast(hall_with("1")).wait("cards", 4)
    shared = Forecast(hall_with("1", waiting=["residence"])).wait("cards", 4)
    assert shared[0] >= 1.8 * alone[0]


def test_a_matter_that_nobody_waits_for_takes_no_share():
    assert Forecast(hall_with("1", waiting=["business"])).wait("cards", 4) == Forecast(hall_with("1")).wait("cards", 4)


def test_service_times_that_scatter_make_a_wider_range():
    steady = Forecast(hall_with("1", services={"cards": (600.0,) * 6})).wait("cards", 4)
    scattered = Forecast(hall_with("1", services={"cards": (60.0, 1140.0) * 3})).wait("cards", 4)
    assert scattered[1] - scattered[0] > 3 * (steady[1] - steady[0])
    assert scattered[0] >= 0


def test_services_of_seconds_still_give_a_range_of_a_minute():
    assert Forecast(hall_with("1", services={"cards": (2.0, 2.0, 2.0)})).newcomer("cards") == (0, 1)


def test_those_ahead_are_the_ones_with_an_earlier_place_in_the_same_matter():
    day = Day()
    numbers = [day.take("cards"), day.take("residence"), day.take("cards", "child"), day.take("cards")]
    forecast = Forecast(day.hall)
    assert [forecast.ahead(day.hall.ticket(number)) for number in numbers] == [1, 0, 0, 2]


def test_a_called_resident_is_ahead_of_nobody_any_more():
    day = Day()
    day.press(c.OpenDesk)
    first, second = day.take(), day.take()
    assert Forecast(day.hall).ahead(day.hall.ticket(second)) == 1
    day.press(c.CallNext)
    assert day.status(first) == "called"
    assert Forecast(day.hall).ahead(day.hall.ticket(second)) == 0


def test_a_forecast_follows_the_services_of_the_day():
    day = Day()
    day.press(c.OpenDesk)
    for _ in range(3):
        assert Forecast(day.hall).newcomer("cards") is None
        day.take()
        day.press(c.CallNext)
        day.press(c.FinishService, after_s=600)
    assert Forecast(day.hall).newcomer("cards") == (5, 6)


def test_a_resident_who_was_sent_to_a_desk_is_counted_there_and_nowhere_else():
    day = Day(office([category("cards", "D")], [desk("1", "cards"), desk("2", "cards"), desk("3", "cards")]))
    day.press(c.OpenDesk, "1")
    day.press(c.OpenDesk, "2")
    day.take()
    day.press(c.CallNext, "1")
    day.press(c.TransferTicket, "1", to_desk="2")
    assert [Forecast(day.hall).waiting_at(number) for number in "123"] == [{"cards": 0}, {"cards": 1}, {"cards": 0}]

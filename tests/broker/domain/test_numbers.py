"""Numbers: a letter of the matter's own or a neutral series, where it begins, and what comes after its last number."""

import pytest

from broker.domain import commands as c
from broker.domain.refusals import CategoryFull
from broker.domain.rules import tickets as ticket_rules
from tests.broker.domain.halls import Day, category, desk, office


@pytest.fixture
def short_series(monkeypatch):
    """Make every series end at 4."""
    monkeypatch.setattr(ticket_rules, "LAST_NUMBER", 4)


def day_of(*categories):
    return Day(office(categories, (desk("1", *(each.id for each in categories)),)))


def taken(day, *matters):
    return [day.take(matter) for matter in matters]


# -- which series ------------------------------------------------------------------------------------------------------


def test_matters_with_letters_of_their_own_count_each_for_itself():
    day = day_of(category("cards", "D"), category("tax", "T"))
    assert taken(day, "cards", "tax", "cards", "tax") == ["D001", "T001", "D002", "T002"]


def test_nobody_reads_the_matter_from_a_number_of_the_common_series():
    day = day_of(category("debts", "K"), category("addictions", "K"), category("cards", "D"))
    assert taken(day, "debts", "addictions", "cards", "debts") == ["K001", "K002", "D001", "K003"]
    assert day.hall.ticket("K002").category == "addictions"


def test_a_common_series_may_be_digits_alone():
    day = day_of(category("debts", ""), category("addictions", ""), category("cards", "D"))
    assert taken(day, "debts", "cards", "addictions") == ["001", "D001", "002"]
    assert day.hall.last_numbers == {"": 2, "D": 1}


def test_the_daily_limit_of_a_matter_counts_its_own_tickets_of_the_common_series():
    day = day_of(category("debts", "K", daily_limit=2), category("addictions", "K"))
    assert taken(day, "addictions", "debts", "addictions", "debts") == ["K001", "K002", "K003", "K004"]
    with pytest.raises(CategoryFull, match="debts: all 2 tickets of today are given out"):
        day.take("debts")
    assert day.take("addictions") == "K005"


def test_the_common_series_begins_again_every_day():
    day = day_of(category("debts", "K"), category("addictions", "K"))
    taken(day, "debts", "addictions")
    day.end()
    assert taken(day, "addictions", "debts") == ["K001", "K002"]


# -- where it begins ---------------------------------------------------------------------------------------------------


def test_a_series_begins_at_its_first_number():
    day = day_of(category("cards", "D", first_number=101), category("tax", "T"))
    assert taken(day, "cards", "cards", "tax") == ["D101", "D102", "T001"]


def test_a_series_whose_first_number_was_raised_during_the_day_goes_on_from_there():
    day = day_of(category("cards", "D"))
    taken(day, "cards", "cards")
    raised = office((category("cards", "D", first_number=500),), (desk("1", "cards"),))
    day.hall = type(day.hall)(raised).after(*day.events)
    assert taken(day, "cards", "cards") == ["D500", "D501"]


def test_a_series_whose_first_number_was_lowered_during_the_day_goes_on_from_where_it_was():
    day = day_of(category("cards", "D", first_number=500))
    taken(day, "cards", "cards")
    day.hall = type(day.hall)(office((category("cards", "D"),), (desk("1", "cards"),))).after(*day.events)
    assert day.take("cards") == "D502"


# -- after the last one ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("short_series")
def test_after_the_last_number_a_series_goes_on_at_its_first_past_those_in_use():
    day = day_of(category("cards", "D", first_number=2))
    assert taken(day, "cards", "cards", "cards") == ["D002", "D003", "D004"]
    day.does(c.CancelTicket("D003"))
    assert day.take("cards") == "D003", "D002 still waits"
    day.does(c.CancelTicket("D002"))
    day.does(c.CancelTicket("D003"))
    assert day.take("cards") == "D002", "D003 has just been somebody else's, D004 still waits"


@pytest.mark.usefixtures("short_series")
def test_a_matter_is_full_while_every_number_of_its_series_is_in_use():
    day = day_of(category("debts", "K", first_number=3), category("addictions", "K", first_number=3))
    taken(day, "debts", "addictions")
    with pytest.raises(CategoryFull, match="addictions: every number is in use"):
        day.take("addictions")
    day.does(c.CancelTicket("K003"))
    assert day.take("addictions") == "K003"


@pytest.mark.usefixtures("short_series")
def test_the_daily_limit_counts_tickets_though_their_numbers_come_again():
    day = day_of(category("cards", "D", first_number=4, daily_limit=3))
    for _ in range(3):
        day.does(c.CancelTicket(day.take("cards")))
    with pytest.raises(CategoryFull, match="all 3 tickets of today"):
        day.take("cards")

"""Which ticket a clerk means by a number, and by its digits alone; holds and transfers of those who wait."""

import pytest

from broker.domain import commands as c
from broker.domain.refusals import Ambiguous, Refused
from tests.broker.domain.halls import Day


@pytest.fixture
def day():
    """Return a day with desk 1 (cards, residence), 2 (cards) and 3 (business) open."""
    its = Day()
    for desk in ("1", "2", "3"):
        its.press(c.OpenDesk, desk)
    return its


@pytest.mark.parametrize("typed", ["D001", "001", "1"])
def test_a_clerk_calls_a_number_by_its_digits_alone(day, typed):
    day.take("cards")
    assert day.press(c.CallNumber, number=typed)[-1].number == "D001"


def test_digits_mean_a_ticket_that_the_desk_takes_before_any_other(day):
    day.take("business")
    day.take("cards")
    assert day.press(c.CallNumber, number="1")[-1].number == "D001"


@pytest.mark.parametrize("key", [c.CallNumber, c.HoldTicket])
def test_digits_that_only_a_ticket_of_another_matter_has_are_asked_about_first(day, key):
    day.take("business")
    with pytest.raises(Ambiguous) as refused:
        day.press(key, number="1")
    assert refused.value.choices == ("B001",)
    day.press(key, number="B001")
    assert day.status("B001") in {"called", "on_hold"}


def test_digits_that_may_mean_two_residents_are_refused_with_the_choices(day):
    day.take("cards")
    day.take("residence")
    with pytest.raises(Ambiguous) as refused:
        day.press(c.CallNumber, number="001")
    assert refused.value.choices == ("D001", "E001")
    assert refused.value.code == "bad_request"


def test_digits_mean_the_ticket_for_which_the_key_makes_sense(day):
    day.take("cards")
    day.press(c.CallNext)
    day.press(c.StartService)
    day.press(c.HoldTicket)
    day.take("residence")
    assert day.press(c.ResumeTicket, number="1")[0].number == "D001"


@pytest.mark.parametrize("typed", ["2", "", "D", "-1", "²", "9" * 60])
def test_what_no_ticket_has_is_an_unknown_number(day, typed):
    day.take("cards")
    with pytest.raises(Refused) as refused:
        day.press(c.CallNumber, number=typed)
    assert refused.value.code == "unknown_ticket"


def test_a_waiting_resident_is_put_aside_and_returns_to_the_old_place(day):
    first, second = day.take(), day.take()
    day.press(c.HoldTicket, number=first)
    assert day.status(first) == "on_hold"
    day.press(c.ResumeTicket, number=first)
    assert [day.press(c.CallNext)[-1].number, day.press(c.CallNext)[-1].number] == [first, second]


def test_a_waiting_resident_is_sent_elsewhere_while_another_is_served(day):
    day.take()
    day.take("cards")
    day.press(c.CallNext)
    day.press(c.TransferTicket, to_category="business", number="D002")
    assert day.hall.ticket_at("1").number == "D001"
    assert day.press(c.CallNext, "3")[-1].number == "D002"


def test_a_ticket_at_another_desk_is_not_held_or_transferred_by_its_number(day):
    day.take()
    day.press(c.CallNext, "2")
    for key, fields in ((c.HoldTicket, {}), (c.TransferTicket, {"to_desk": "3"})):
        with pytest.raises(Refused) as refused:
            day.press(key, number="D001", **fields)
        assert refused.value.code == "illegal_move"
    assert day.hall.ticket_at("2").number == "D001"


def test_digits_typed_twice_by_a_bouncing_key_call_one_resident(day):
    own, other = day.take("cards"), day.take("business")
    assert day.press(c.CallNumber, number="1")[-1].number == own
    with pytest.raises(Refused) as refused:
        day.press(c.CallNumber, number="1", after_s=0.1)
    assert refused.value.code == "too_soon"
    assert day.hall.ticket_at("1").number == own
    assert day.status(other) == "waiting"


# -- who sits at the desk ----------------------------------------------------------------------------------------------


def test_two_clerks_cannot_be_at_one_desk(day):
    day.press(c.CloseDesk)
    day.press(c.OpenDesk, clerk="17")
    with pytest.raises(Refused) as refused:
        day.press(c.OpenDesk, clerk="18")
    assert refused.value.code == "desk_taken"
    day.press(c.PauseDesk)
    with pytest.raises(Refused) as refused:
        day.press(c.OpenDesk, clerk="18")
    assert refused.value.code == "desk_taken"
    day.press(c.OpenDesk, clerk="17")
    assert not day.hall.desks["1"].paused


def test_the_next_clerk_sits_down_once_the_first_has_closed(day):
    day.press(c.CloseDesk)
    day.press(c.OpenDesk, clerk="17")
    day.press(c.CloseDesk)
    day.press(c.OpenDesk, clerk="18")
    assert day.hall.desks["1"].clerk == "18"

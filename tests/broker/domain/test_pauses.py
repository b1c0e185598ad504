"""Reasons for a pause: those that the office lists, or any where it lists none."""

import pytest

from broker.domain import commands as c
from broker.domain.office import Pause
from broker.domain.refusals import BadRequest
from tests.broker.domain.halls import Day, office

PAUSES = {reason: Pause(reason, {"pl": reason}) for reason in ("lunch", "training")}


@pytest.fixture
def day():
    day = Day(office(pauses=PAUSES))
    day.press(c.OpenDesk)
    return day


def reason_kept(day):
    return day.hall.desks["1"].pause_reason


def test_a_clerk_pauses_for_a_reason_that_the_office_lists(day):
    day.press(c.PauseDesk, reason="training")
    assert reason_kept(day) == "training"


def test_a_reason_that_the_office_does_not_list_is_refused_with_those_that_it_does(day):
    number = day.take()
    day.press(c.CallNext)
    with pytest.raises(BadRequest, match="coffee: no such reason for a pause; there are lunch, training"):
        day.press(c.PauseDesk, reason="coffee")
    assert not day.hall.desks["1"].paused
    assert day.status(number) == "called", "the resident at the desk was not sent away"


def test_a_key_that_gives_no_reason_is_a_pause_all_the_same(day):
    day.press(c.PauseDesk)
    assert (day.hall.desks["1"].paused, reason_kept(day)) == (True, None)


def test_an_office_that_lists_no_reasons_takes_any():
    day = Day()
    day.press(c.OpenDesk)
    day.press(c.PauseDesk, reason="obiad z Zosią")
    assert reason_kept(day) == "obiad z Zosią"

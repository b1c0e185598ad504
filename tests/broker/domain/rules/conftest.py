"""A day in the small office, before and after its clerks have come."""

import pytest

from broker.domain import commands as c
from tests.broker.domain.halls import Day


@pytest.fixture
def day():
    return Day()


@pytest.fixture
def open_day(day):
    """Return a day with desks 1 and 2 open."""
    day.press(c.OpenDesk, "1")
    day.press(c.OpenDesk, "2")
    return day

"""What the tests of the rules ask of a day."""

from datetime import timedelta
from typing import get_args

import pytest

from broker.contract.messages import ErrorCode
from broker.domain import commands as c
from broker.domain.refusals import Refused


def refusal(day, command, after_s=10):
    """Carry out a command that is refused, and return the code; nothing has changed."""
    before, day.now = day.hall, day.now + timedelta(seconds=after_s)
    with pytest.raises(Refused) as refused:
        day.hall.decide(command, day.now)
    assert day.hall is before
    assert refused.value.code in get_args(ErrorCode)
    assert str(refused.value), "the message is the facts"
    return refused.value.code


def refused_key(day, key, at_desk="1", client=None, after_s=10, **fields):
    return refusal(day, key(at_desk, client or f"desk-{at_desk}", **fields), after_s)


def names(events):
    return [type(event).__name__ for event in events]


def calling(day, number=None):
    """Have desk 1 call a ticket, and return its number."""
    number = number or day.take()
    day.press(c.CallNext)
    assert day.status(number) == "called"
    return number


def serving(day):
    number = calling(day)
    day.press(c.StartService)
    return number

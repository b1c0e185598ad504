"""Priority tickets alone are more than the desks can serve for eight hours: ordinary residents are served all day."""

import pytest

from tests.broker.domain.overload import HOURS, Overload


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ordinary_residents_are_served_all_day_though_priority_tickets_alone_are_too_many(seed):
    outcome = Overload(seed).play()
    print(outcome)
    assert outcome.given_out["priority"] > outcome.served["priority"] + outcome.served["ordinary"], "an overload"
    assert len(outcome.ordinary_by_hour) == HOURS
    assert min(outcome.ordinary_by_hour) > 0
    assert outcome.overtakings > 100
    assert outcome.largest <= outcome.bound


def test_the_same_day_is_the_same_again():
    assert Overload(7).play() == Overload(7).play()

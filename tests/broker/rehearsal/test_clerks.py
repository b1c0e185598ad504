"""Which key the clerks of a rehearsal press."""

import pytest

from broker.contract.messages import Desk
from broker.rehearsal.clerks import CLERKS, FINISH, NEXT, NO_SHOW, OPEN, RECALL, START, Clerk, Moment, key
from tests.builders import sample, ticket

CLERK = Clerk("26", opens_after_s=4, walk_s=2, service_s=5, rest_s=1, nobody_came=(2,))


def moment(status, quiet_s, *, waiting=3, calls=1, **more):
    at_desk = ticket() if status in ("calling", "serving") else None
    return Moment(Desk("26", status, waiting, at_desk), quiet_s, calls, **more)


@pytest.mark.parametrize(
    ("status", "patience_s", "pressed"),
    [("closed", 4, OPEN), ("free", 1, NEXT), ("calling", 2, START), ("serving", 5, NEXT)],
)
def test_a_clerk_takes_their_time_and_then_presses_the_next_key(status, patience_s, pressed):
    assert key(CLERK, moment(status, patience_s - 0.1)) is None
    assert key(CLERK, moment(status, patience_s)) == pressed


def test_a_clerk_with_nobody_waiting_finishes_and_presses_nothing_more():
    assert key(CLERK, moment("serving", 5, waiting=0)) == FINISH
    assert key(CLERK, moment("free", 60, waiting=0)) is None


def test_a_clerk_who_takes_a_breath_finishes_before_the_next():
    assert key(Clerk("26", 4, 2, 5, takes_a_breath=True), moment("serving", 5)) == FINISH


def test_a_resident_who_does_not_come_is_called_again_and_then_given_up():
    assert key(CLERK, moment("calling", 3, calls=2)) == RECALL
    assert key(CLERK, moment("calling", 3, calls=2, recalled=True)) == NO_SHOW


def test_at_the_end_of_the_day_whoever_is_at_the_desk_is_served_and_nobody_else_is_called():
    assert key(CLERK, moment("calling", 2, day_ends=True)) == START
    assert key(CLERK, moment("serving", 5, day_ends=True)) == FINISH
    assert key(CLERK, moment("free", 60, day_ends=True)) is None
    assert key(CLERK, moment("closed", 60, day_ends=True)) is None


def test_the_clerks_sit_at_desks_of_the_sample_office_and_are_slower_than_a_double_press():
    office = sample()
    assert {clerk.desk for clerk in CLERKS} <= {desk["id"] for desk in office["desk"]}
    assert all(clerk.walk_s + clerk.service_s > office["office"]["double_press_s"] for clerk in CLERKS)

"""Which key the clerks of a rehearsal press."""

import pytest

from broker.contract.messages import Desk
from broker.rehearsal.clerks import (
    CLERKS,
    FINISH,
    HOLD,
    KEY_NAMES,
    NEXT,
    NO_SHOW,
    OPEN,
    RECALL,
    RESUME,
    START,
    UNDO,
    Clerk,
    Moment,
    key_names,
    keys,
)
from broker.rehearsal.clerks_keypad import KEYS, TARGETS
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
    assert keys(CLERK, moment(status, patience_s - 0.1)) == ""
    assert keys(CLERK, moment(status, patience_s)) == pressed


def test_a_clerk_with_nobody_waiting_finishes_and_presses_nothing_more():
    assert keys(CLERK, moment("serving", 5, waiting=0)) == FINISH
    assert keys(CLERK, moment("free", 60, waiting=0)) == ""


def test_a_clerk_who_takes_a_breath_finishes_before_the_next():
    assert keys(Clerk("26", 4, 2, 5, takes_a_breath=True), moment("serving", 5)) == FINISH


def test_a_resident_who_does_not_come_is_called_again_and_then_given_up():
    assert keys(CLERK, moment("calling", 3, calls=2)) == RECALL
    assert keys(CLERK, moment("calling", 3, calls=2, pressed={RECALL})) == NO_SHOW


def test_at_the_end_of_the_day_whoever_is_at_the_desk_is_served_and_nobody_else_is_called():
    assert keys(CLERK, moment("calling", 2, day_ends=True)) == START
    assert keys(CLERK, moment("serving", 5, day_ends=True)) == FINISH
    assert keys(CLERK, moment("free", 60, day_ends=True)) == ""
    assert keys(CLERK, moment("closed", 60, day_ends=True)) == ""


def test_the_clerks_sit_at_desks_of_the_sample_office_and_are_slower_than_a_double_press():
    office = sample()
    assert {clerk.desk for clerk in CLERKS} <= {desk["id"] for desk in office["desk"]}
    assert all(clerk.walk_s + clerk.service_s > office["office"]["double_press_s"] for clerk in CLERKS)


def test_a_clerk_who_called_by_mistake_takes_it_back_at_once_and_only_once():
    clerk = Clerk("26", 4, 2, 5, mistaken=(2,))
    assert keys(clerk, moment("calling", 1.2, calls=2)) == UNDO
    assert keys(clerk, moment("calling", 1.2, calls=2, pressed={UNDO})) == ""
    assert keys(clerk, moment("calling", 1.2, calls=3)) == ""


def test_a_resident_who_must_fetch_something_is_put_on_hold_and_taken_up_again_by_number():
    clerk = Clerk("26", 4, 2, 5, rest_s=1, comes_back=(2,))
    assert keys(clerk, moment("serving", 2, calls=2)) == HOLD
    assert keys(clerk, moment("free", 1, is_back="D017")) == f"017{RESUME}"
    assert keys(clerk, moment("serving", 2, is_back="D017")) == "", "first whoever is at the desk"


def test_a_resident_is_sent_on_once_and_served_where_that_is_refused():
    clerk = Clerk("26", 4, 2, 5, sends_on={2: "30"})
    assert keys(clerk, moment("serving", 2, calls=2)) == "30T"
    assert keys(clerk, moment("serving", 5, calls=2, pressed={"3", "0", "T"})) == NEXT
    assert keys(clerk, moment("serving", 5, calls=2, day_ends=True)) == FINISH


def test_a_clerk_finishes_before_a_pause_says_its_reason_and_comes_back():
    clerk = Clerk("26", 4, 2, 5, rest_s=1, pauses_after={1: "2"})
    assert keys(clerk, moment("serving", 5)) == FINISH
    assert keys(clerk, moment("free", 1, pressed={FINISH})) == "2P"
    assert keys(clerk, moment("free", 1, pressed={FINISH, "2", "P"})) == NEXT
    assert keys(clerk, moment("paused", 4)) == OPEN


def test_keys_are_said_by_name_and_each_is_wired():
    assert key_names("30T") == "3 0 TRANSFER"
    assert KEY_NAMES.keys() <= KEYS.keys()


def test_the_codes_of_a_transfer_are_matters_of_the_sample_office_and_no_desks_that_clerks_send_to():
    office = sample()
    assert set(TARGETS.values()) <= {category["id"] for category in office["category"]}
    desks = {clerk.desk for clerk in CLERKS}
    assert {code for clerk in CLERKS for code in clerk.sends_on.values()} <= TARGETS.keys() | desks

"""A rehearsal says what was done, and what of it does not hold."""

import pytest

from broker.rehearsal.facts import Announced, Facts
from broker.rehearsal.summary import faults, summary
from tests.builders import call

STORED = [("D003", "waiting"), ("D002", "no_show"), ("D001", "served")]


def announced(number, *, spoken=True):
    return Announced(number, f"D00{number}", "26", spoken, "Numer D." if spoken else "")


@pytest.fixture
def facts():
    calls = {1: call("D001", "26", 1), 2: call("D002", "26", 2), 3: call("D002", "26", 3, kind="recall")}
    return Facts(
        issued=["D001", "D002", "D003"],
        issued_at_the_kiosk=["D001"],
        printed=["D001"],
        calls=calls,
        announced=[announced(1), announced(2), announced(3)],
        shown={1, 2, 3},
    )


def found(facts, *, visits=3, kiosk_visits=1, stored=("D001", "D002", "D003"), pictures=frozenset({"D001"})):
    return faults(facts, visits=visits, kiosk_visits=kiosk_visits, stored=stored, pictures=pictures)


def test_a_rehearsal_that_holds_is_summed_up_without_a_fault(facts):
    assert found(facts) == []
    assert summary(facts, STORED) == [
        "tickets    3 given: 1 served, 1 did not come, 1 still waiting",
        "paper      1 printed by the kiosk",
        "calls      2 and 1 again, 0 taken back",
        "wall       3 calls shown, 3 spoken, each once and in order",
    ]


def test_a_call_that_the_wall_missed_repeated_or_mixed_up_is_named(facts):
    facts.announced = [announced(2), announced(1), announced(1)]
    facts.shown = {1, 2}
    assert found(facts) == [
        "call 1 (D001 to desk 26) was announced 2 times",
        "call 3 (D002 to desk 26) was announced 0 times",
        "call 3 (D002 to desk 26) was not confirmed by the wall",
        "the calls were announced in the order [2, 1, 1]",
    ]
    assert summary(facts, STORED)[-1] == "wall       3 calls shown, 3 spoken"


def test_a_call_that_was_taken_back_need_not_be_announced_but_never_twice(facts):
    facts.taken_back = {3}
    facts.announced, facts.shown = [announced(1), announced(2)], {1, 2}
    assert found(facts) == []
    assert summary(facts, STORED)[2:] == [
        "calls      2 and 1 again, 1 taken back",
        "wall       2 calls shown, 2 spoken, each once and in order",
    ]
    facts.announced += [announced(3), announced(3)]
    assert found(facts) == ["call 3 (D002 to desk 26) was announced 2 times"]


def test_a_call_that_was_shown_in_silence_is_named(facts):
    facts.announced[1] = announced(2, spoken=False)
    assert found(facts) == ["call 2 (D002) was shown and not spoken"]


def test_a_ticket_that_did_not_come_out_or_came_out_twice_is_named(facts):
    facts.printed = []
    assert found(facts) == ["D001 was printed 0 times"]
    facts.printed = ["D001", "D001"]
    assert found(facts, pictures=frozenset()) == [
        "D001 was printed 2 times",
        "there is no picture of the ticket D001",
    ]


def test_a_number_that_is_lost_or_doubled_is_named(facts):
    assert found(facts, stored=["D001", "D002", "D002"]) == [
        "D003 is not in the database",
        "D002 is in the database 2 times",
    ]
    facts.issued.append("D001")
    assert found(facts, visits=4) == ["D001 was given to 2 residents"]


def test_a_resident_who_got_no_number_is_counted(facts):
    assert found(facts, visits=4, kiosk_visits=2) == [
        "4 residents came and 3 numbers were given",
        "2 residents used the kiosk and 1 got a number there",
    ]


def test_a_rehearsal_without_a_call_does_not_hold():
    assert found(Facts(), visits=0, kiosk_visits=0, stored=()) == ["nobody was called"]

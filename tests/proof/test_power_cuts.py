"""The plug is pulled at hundreds of instants under load: what was answered is there, and the hall goes on."""

import os
from functools import partial

import pytest

from broker.mosquitto import PrivateMosquitto
from tests.proof.power.cutting import (
    Tally,
    cut_again_and_again,
    cut_while_it_starts,
    disks_after_cuts,
    replayed,
)
from tests.proof.power.promises import Promises
from tests.proof.power.recorded_day import record
from tests.proof.power.restart import Restart

CUTS = int(os.environ.get("OKIENKO_CUTS", "600"))
STARTS = int(os.environ.get("OKIENKO_STARTS", "60"))
SEED = int(os.environ.get("OKIENKO_SEED", "1"))
A_SHORT_DAY = {"shifts": 1, "answers": 300, "rests": False}
A_DAY_OF_DEATHS = {"shifts": 1, "answers": 200, "rests": False, "deaths": 25}
A_DAY = {"shifts": 3, "answers": 600}


def write_ahead_log(path):
    return path.endswith("-wal")


@pytest.fixture(scope="module")
def tools(tmp_path_factory):
    return tmp_path_factory.mktemp("tools")


@pytest.fixture(scope="module")
def recorded_day(tmp_path_factory, tools):
    """Return a function that records a day; the same days are not recorded twice."""
    server, known = PrivateMosquitto(), {}
    server.start()

    def recorded(module="broker", **day):
        name = module, *day.values()
        if name not in known:
            known[name] = record(
                tmp_path_factory.mktemp("day") / "office", tools, server.url, SEED, module=module, **day
            )
        return known[name]

    yield recorded
    server.stop()


def test_the_recording_tells_all_that_happened_to_the_disk_and_all_that_was_answered(recorded_day):
    day = recorded_day(**A_SHORT_DAY)
    assert replayed(day) == day.files
    left = {(said.client, said.payload) for said in day.said}
    assert day.heard
    assert all((client, answer) in left for client, _, answers in day.heard for answer in answers)
    Promises(day).check()


def test_what_was_answered_is_there_after_thirty_power_cuts(recorded_day, memory, report):
    day = recorded_day(**A_SHORT_DAY)
    tally = cut_again_and_again(day, Promises(day), memory, 30, SEED)
    report(f"\n{tally}")
    assert tally.unsynced
    assert (tally.total("lost"), tally.total("doubled")) == (0, 0)


def test_a_card_that_only_says_that_it_has_stored_a_ticket_loses_it(recorded_day, memory):
    day = recorded_day(**A_SHORT_DAY)
    tally = cut_again_and_again(day, Promises(day), memory, 8, SEED, lies=write_ahead_log)
    assert tally.cuts_that_lost()


@pytest.mark.proof
def test_what_was_answered_is_there_after_hundreds_of_power_cuts(recorded_day, memory, report):
    day = recorded_day(**A_DAY)
    assert replayed(day) == day.files
    promises = Promises(day)
    promises.check()
    tally = cut_again_and_again(day, promises, memory, CUTS, SEED)
    report(f"\nsynchronous=FULL: {tally}\n{dict(tally.kinds)}")
    assert tally.kinds["the day's end"]
    assert tally.kinds["inside a checkpoint"]
    assert (tally.total("lost"), tally.total("doubled")) == (0, 0)


@pytest.mark.proof
def test_the_broker_itself_goes_on_after_power_cuts_without_a_hand(recorded_day, tools, mosquitto, memory, report):
    day = recorded_day(**A_DAY)
    promises = Promises(day)
    tally = Tally(promises.tickets)
    for cut, left, unsynced in disks_after_cuts(day, memory, STARTS, SEED + 1):
        tally.unsynced += unsynced
        tally.found.append(Restart(left, tools, mosquitto.url).prove(cut, promises))
    report(f"\nthe broker's own process, to its first answer: {tally}")
    assert (tally.total("lost"), tally.total("doubled")) == (0, 0)


@pytest.mark.proof
def test_with_synchronous_normal_tickets_are_lost_or_nothing_would_be_proved(recorded_day, memory, report):
    day = recorded_day("tests.proof.power.hasty_broker", **A_DAY)
    tally = cut_again_and_again(day, Promises(day), memory, CUTS // 4, SEED)
    report(f"\nsynchronous=NORMAL, which the broker does not use: {tally}")
    assert tally.total("lost_tickets")


@pytest.mark.proof
def test_the_power_may_go_again_while_the_broker_starts(recorded_day, tools, mosquitto, memory, report):
    day = recorded_day(**A_DAY)
    counts = max(1, STARTS // 6), 12
    start = partial(Restart, tools=tools, mqtt=mosquitto.url)
    tally = cut_while_it_starts(day, Promises(day), memory, counts, SEED + 2, start)
    report(f"\ncut again while it starts and goes on: {tally}")
    assert (tally.total("lost"), tally.total("doubled")) == (0, 0)


@pytest.mark.proof
def test_what_a_killed_broker_had_not_synced_is_told_to_nobody_before_it_is(recorded_day, memory, report):
    day = recorded_day(**A_DAY_OF_DEATHS)
    assert replayed(day) == day.files
    tally = cut_again_and_again(day, Promises(day), memory, CUTS // 4, SEED, kind="killed and started again")
    report(f"\nkilled before the cut, and started again: {tally}\n{dict(tally.kinds)}")
    assert (tally.total("lost"), tally.total("doubled")) == (0, 0)

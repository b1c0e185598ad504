"""Many clerks press NEXT at the same moment, again and again: every resident is called, once, and in turn."""

import itertools
import os
import random
import statistics
from collections import defaultdict

import pytest

from tests.clients import eventually
from tests.proof.busy_office import MATTERS, PRIORITIES
from tests.proof.row_of_desks import RowOfDesks
from tests.proof.turns import logged, wrong_turns

ROUNDS = int(os.environ.get("OKIENKO_ROUNDS", "200"))
SEED = int(os.environ.get("OKIENKO_SEED", "1"))


def comers_to(desks):
    """Return how many residents come before each press: as many as there are desks, too many, too few."""
    return desks, desks + desks // 2, desks // 2, desks, desks // 4


def press_again_and_again(row, rounds):
    """Play the rounds, then go on until nobody waits; return how far keys and requests of each were apart."""
    chance, desks = random.Random(SEED), len(row.desks)
    comers = itertools.chain(itertools.islice(itertools.cycle(comers_to(desks)), rounds), itertools.repeat(0))
    waiting, at_desk, apart = set(), {}, []
    while len(apart) < rounds or waiting or at_desk:
        came = [(chance.choice(MATTERS), chance.choice(PRIORITIES)) for _ in range(next(comers))]
        waiting |= set(row.come(came))
        pressed_at, requests = row.press_next_together()
        heard_at = [at for _, at in requests.values()]
        apart.append((max(pressed_at) - min(pressed_at), max(heard_at) - min(heard_at)))
        called = called_this_round(row, requests, at_desk)
        assert len(called) == min(desks, len(waiting)), "a desk stayed free while somebody waited"
        assert set(called.values()) <= waiting, "somebody was called who did not wait"
        waiting -= set(called.values())
        at_desk = called
    return apart


def called_this_round(row, requests, at_desk):
    """Return whom each desk called, as its answer and its keypad say; a desk that called nobody is free."""
    called = {}
    for request, (desk, _) in requests.items():
        answer = row.answer(request)
        if answer["ok"] and answer["ticket"]["status"] == "called":
            called[desk] = answer["ticket"]["number"]
            assert row.shows(desk, f"{called[desk]} WEZWANY"), row.panels[desk][-3:]
        else:
            served = answer["ticket"]["number"] if answer["ok"] else None
            assert served == at_desk.get(desk), answer
            assert answer["ok"] or answer["error"]["code"] == "nothing_waiting"
            assert row.shows(desk, "WOLNE"), row.panels[desk][-3:]
    assert len(set(called.values())) == len(called), "two desks called the same resident"
    return called


def prove(folder, mosquitto, desks, rounds, report):
    """Play, then compare the log with the keypads, the answers and the boards."""
    with RowOfDesks(folder, mosquitto.url, [str(101 + at) for at in range(desks)]) as row:
        apart = press_again_and_again(row, rounds)
        issued = [event["number"] for _, event in logged(row.broker.database, "TicketIssued")]
        calls = [event for _, event in logged(row.broker.database, "TicketCalled")]
        by_number = {event["call"]: {(event["number"], event["desk"])} for event in calls}
        assert eventually(lambda: row.calls == by_number), f"the walls saw {len(row.calls)} of {len(calls)} calls"
        assert sorted(event["number"] for event in calls) == sorted(issued), "everyone was called, and once"
        assert [event["call"] for event in calls] == list(range(1, len(issued) + 1))
        assert wrong_turns(row.broker.database, row.broker.office.read_text()) == []
        by_desk = defaultdict(list)
        for event in calls:
            by_desk[event["desk"]].append(event["number"])
        assert {desk: row.called_on_panel(desk) for desk in row.desks} == by_desk, "as the clerks read it"
        assert {len(answers) for answers in row.answers.values()} == {1}
        assert not [desk.name for desk in row.desks.values() if "Traceback" in desk.said]
        assert "Traceback" not in row.broker.log
        report(f"\n{desks} desks, {len(apart)} rounds: {len(calls)} residents called once each; " + _spread(apart))


def _spread(apart):
    fingers, arrivals = zip(*apart, strict=True)
    return (
        f"keys apart: median {1000 * statistics.median(fingers):.1f} ms, most {1000 * max(fingers):.1f} ms; "
        f"requests apart: median {1000 * statistics.median(arrivals):.1f} ms, most {1000 * max(arrivals):.1f} ms"
    )


def test_four_clerks_who_press_at_the_same_moment_call_every_resident_once(tmp_path, mosquitto, report):
    prove(tmp_path, mosquitto, 4, 5, report)


@pytest.mark.proof
def test_sixteen_clerks_who_press_at_the_same_moment_call_every_resident_once(tmp_path, mosquitto, report):
    prove(tmp_path, mosquitto, 16, ROUNDS, report)

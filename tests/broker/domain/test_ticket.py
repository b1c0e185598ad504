"""The life of a ticket: every move that there is, and every one that there is not."""

from itertools import product

import pytest

from broker.domain.ticket import NEXT_STATUSES, Status, Ticket
from tests.broker.domain.halls import MORNING

LEGAL = {
    ("waiting", "called"),
    ("waiting", "waiting"),  # transferred
    ("waiting", "on_hold"),
    ("waiting", "cancelled"),
    ("waiting", "closed"),
    ("called", "called"),  # recalled
    ("called", "serving"),
    ("called", "served"),  # a desk with a NEXT key alone
    ("called", "no_show"),
    ("called", "waiting"),
    ("called", "closed"),
    ("serving", "served"),
    ("serving", "on_hold"),
    ("serving", "waiting"),
    ("serving", "closed"),
    ("on_hold", "waiting"),
    ("on_hold", "closed"),
}
MOVES = list(product(map(str, Status), repeat=2))


def ticket(status):
    return Ticket(1, "D001", "cards", MORNING, MORNING, status=Status(status))


@pytest.mark.parametrize(("now", "then"), sorted(LEGAL))
def test_a_ticket_may_make_every_move_of_its_life(now, then):
    assert ticket(now).may_become(Status(then))


@pytest.mark.parametrize(("now", "then"), [move for move in MOVES if move not in LEGAL])
def test_a_ticket_makes_no_other_move(now, then):
    assert not ticket(now).may_become(Status(then))


def test_the_table_speaks_of_every_status():
    assert set(NEXT_STATUSES) == set(Status)


@pytest.mark.parametrize("ended", ["served", "no_show", "cancelled", "closed"])
def test_a_ticket_whose_life_has_ended_stays_as_it_is(ended):
    assert NEXT_STATUSES[Status(ended)] == set()


def test_a_new_ticket_waits_and_has_been_nowhere():
    new = Ticket(1, "D001", "cards", MORNING, MORNING)
    assert (new.status, new.desk, new.called_at, new.started_at, new.ended_at, new.recalls) == (
        Status.WAITING,
        None,
        None,
        None,
        None,
        0,
    )

"""The lines in which tickets wait: always sorted, however residents join and leave."""

import pytest

from broker.domain import commands as c
from broker.domain.lines import ahead, joined, left, line_of, stand_of
from broker.domain.ticket import Ticket
from tests.broker.domain.halls import MORNING, Day, minutes, office


def stand(order, after=0):
    return MORNING + minutes(after), order


FIRST, SECOND, THIRD = stand(1, 0), stand(2, 5), stand(3, 10)


def test_a_resident_joins_the_line_at_the_place_of_the_ticket():
    assert joined((), SECOND) == (SECOND,)
    assert joined((FIRST, THIRD), SECOND) == (FIRST, SECOND, THIRD)
    assert joined((SECOND, THIRD), FIRST) == (FIRST, SECOND, THIRD)
    assert joined((FIRST, SECOND), THIRD) == (FIRST, SECOND, THIRD)


def test_of_two_equal_places_the_ticket_issued_first_stands_first():
    assert joined((stand(2),), stand(1)) == (stand(1), stand(2))
    assert joined((stand(1),), stand(2)) == (stand(1), stand(2))


@pytest.mark.parametrize("who", [FIRST, SECOND, THIRD])
def test_a_resident_who_leaves_the_line_moves_nobody_else(who):
    line = (FIRST, SECOND, THIRD)
    assert left(line, who) == tuple(other for other in line if other != who)
    assert joined(left(line, who), who) == line


def test_those_ahead_are_the_ones_who_stand_before():
    assert [ahead((FIRST, SECOND, THIRD), who) for who in (FIRST, SECOND, THIRD)] == [0, 1, 2]


def test_a_head_start_is_part_of_the_stand_and_a_desk_sent_to_is_a_line_of_its_own():
    ticket = Ticket(7, "D007", "cards", MORNING, MORNING, priority="child")
    assert stand_of(ticket, office()) == (MORNING - minutes(15), 7)
    assert line_of(ticket) == ("cards", None)
    assert line_of(Ticket(7, "D007", "cards", MORNING, MORNING, desk="2")) == ("cards", "2")


def test_a_line_ends_with_the_last_who_waits_in_it():
    day = Day()
    day.press(c.OpenDesk, "1")
    day.press(c.OpenDesk, "2")
    day.take()
    assert list(day.hall.lines) == [("cards", None)]
    day.press(c.CallNext)
    assert day.hall.lines == {}
    day.press(c.TransferTicket, to_desk="2")
    assert list(day.hall.lines) == [("cards", "2")]
    day.does(c.EndDay())
    assert day.hall.lines == {}

"""Who is called next, and why: one timeline, in minutes."""

from datetime import timedelta

import pytest

from broker.domain.grounds import Grounds
from broker.domain.policy import grounds_of, in_line, next_ticket, place_of
from broker.domain.ticket import Ticket
from tests.broker.domain.halls import MORNING, desk, minutes, office

OFFICE = office()
OWN, STAND_IN, OTHER = OFFICE.desks["3"], OFFICE.desks["2"], OFFICE.desks["1"]
ZERO = timedelta()


def ticket(order, after=0, category="business", **fields):
    """Make a ticket issued `after` minutes after nine."""
    moment = MORNING + minutes(after)
    return Ticket(order, f"B{order:03d}", category, moment, **{"anchor": moment} | fields)


def called(*waiting, at=OWN):
    choice = next_ticket(waiting, at, OFFICE)
    return choice and choice.place.ticket.order


def test_the_resident_who_came_first_is_called_first():
    assert called(ticket(2, 5), ticket(1, 0), ticket(3, 9)) == 1


def test_nobody_is_called_where_nobody_waits_for_this_desk():
    assert next_ticket([], OWN, OFFICE) is None
    assert next_ticket([ticket(1)], OTHER, OFFICE) is None


@pytest.mark.parametrize(("minutes_later", "first"), [(14, 2), (15, 1), (16, 1)])
def test_a_small_child_overtakes_those_who_came_less_than_fifteen_minutes_before(minutes_later, first):
    """At exactly fifteen the places are equal, and the ticket that was issued first is called."""
    assert called(ticket(1, 0), ticket(2, minutes_later, priority="child")) == first


def test_the_larger_head_start_goes_first_among_those_who_came_together():
    assert called(ticket(1, 0, priority="child"), ticket(2, 0, priority="disability")) == 2


@pytest.mark.parametrize(("minutes_later", "first"), [(9, 2), (10, 1), (11, 1)])
def test_a_stand_in_calls_its_own_residents_up_to_the_handicap_sooner(minutes_later, first):
    assert called(ticket(1, 0), ticket(2, minutes_later, category="cards"), at=STAND_IN) == first


def test_a_stand_in_with_nobody_of_its_own_takes_the_other_matter_at_once():
    assert called(ticket(1, 0), at=STAND_IN) == 1


def test_a_matter_that_is_a_desks_own_has_no_handicap_there_even_if_it_also_stands_in_for_it():
    both = desk("9", "business", business=30)
    assert place_of(ticket(1), both, OFFICE).handicap == ZERO


def test_a_resident_sent_to_one_desk_is_called_there_without_handicap_and_nowhere_else():
    sent = ticket(1, desk="1")
    assert place_of(sent, OTHER, OFFICE).handicap == ZERO
    assert place_of(sent, OWN, OFFICE) is None
    assert place_of(sent, STAND_IN, OFFICE) is None


def test_a_booked_resident_stands_where_the_booking_says():
    booked = ticket(2, 8, anchor=MORNING)
    assert called(ticket(1, 3), booked) == 2
    assert place_of(booked, OWN, OFFICE).at == MORNING


def test_a_class_of_priority_that_the_office_gave_up_counts_as_none():
    assert place_of(ticket(1, priority="gone"), OWN, OFFICE).head_start == ZERO


def test_the_grounds_of_a_call_are_its_numbers_and_the_next_in_line():
    choice = next_ticket([ticket(7, 77, priority="child"), ticket(3, 65), ticket(4, 70)], OWN, OFFICE)
    assert choice.grounds(OWN) == Grounds(
        how="in_turn",
        desk="3",
        issued_at=MORNING + minutes(77),
        place=MORNING + minutes(62),
        priority="child",
        head_start_minutes=15,
        next_number="B003",
        next_place=MORNING + minutes(65),
    )


def test_the_grounds_name_the_handicap_and_an_anchor_of_its_own():
    choice = next_ticket([ticket(1, 20, anchor=MORNING + minutes(5))], STAND_IN, OFFICE)
    assert choice.grounds(STAND_IN, "auto") == Grounds(
        how="auto",
        desk="2",
        issued_at=MORNING + minutes(20),
        place=MORNING + minutes(15),
        anchor=MORNING + minutes(5),
        handicap_minutes=10,
    )


def test_the_grounds_of_a_call_by_number_name_who_else_was_first():
    waiting = [ticket(1, 0), ticket(2, 5), ticket(3, 9)]
    grounds = grounds_of(waiting[1], waiting, OWN, OFFICE, "by_number")
    assert (grounds.place, grounds.next_number, grounds.next_place) == (MORNING + minutes(5), "B001", MORNING)


def test_a_desk_that_calls_what_it_does_not_take_has_no_place_for_it():
    grounds = grounds_of(ticket(2, 5), [ticket(1, category="cards")], OTHER, OFFICE, "by_number")
    assert (grounds.place, grounds.next_number) == (None, "B001")


def test_the_whole_line_of_a_desk_stands_in_the_order_in_which_it_would_be_called():
    waiting = [ticket(1, 0), ticket(2, 3, category="cards"), ticket(3, 12, priority="child"), ticket(4, 0, desk="1")]
    assert [place.ticket.order for place in in_line(waiting, STAND_IN, OFFICE)] == [2, 3, 1]
    assert [place.ticket.order for place in in_line(waiting, OTHER, OFFICE)] == [4, 2]


def test_the_next_in_line_is_found_in_whatever_order_the_residents_are_looked_at():
    first, second, third = ticket(1, 0), ticket(2, 1), ticket(3, 2)
    for line in ([first, second, third], [third, second, first], [second, third, first], [third, first, second]):
        choice = next_ticket(line, OWN, OFFICE)
        assert (choice.place.ticket, choice.runner_up.ticket) == (first, second)

"""Checking in with a code: one ticket for a booked visit, and a clear word for every other case."""

from datetime import UTC, timedelta

import pytest

from broker.domain import commands as c
from broker.domain import refusals as no
from broker.domain.booking import Booking
from tests.broker.domain.halls import MORNING, WARSAW, Day, category, desk, minutes, office

AT_TEN = MORNING + minutes(60)


def booking(code="482913", booked_at=AT_TEN, matter="cards", **fields):
    return Booking(code, matter, booked_at, **fields)


def check_in(day, visit=None, code="482913", after_s=10, **fields):
    """Show a code; return the event, and the ticket as it is after it."""
    (issued,) = day.does(c.CheckIn(code, visit, **fields), after_s)
    return issued, day.hall.by_order(issued.order)


def test_a_code_gives_the_ticket_of_the_booked_matter_and_is_kept_with_it():
    day = Day()
    issued, ticket = check_in(day, booking(), after_s=50 * 60, priority="child", language="uk")
    assert (issued.code, issued.category, issued.booked_at) == ("482913", "cards", AT_TEN)
    assert (ticket.anchor, ticket.booked_at, ticket.priority, ticket.language) == (AT_TEN, AT_TEN, "child", "uk")
    assert day.hall.checked_in == {"482913": issued.order}


@pytest.mark.parametrize(("after_s", "anchor"), [(60, MORNING + minutes(1)), (75 * 60, MORNING + minutes(75))])
def test_who_comes_too_early_or_too_late_gets_an_ordinary_ticket(after_s, anchor):
    _, ticket = check_in(Day(), booking(), after_s=after_s)
    assert (ticket.anchor, ticket.booked_at) == (anchor, AT_TEN)


def test_a_code_that_nobody_knows_gives_nothing():
    with pytest.raises(no.UnknownBooking, match="482913: no such booking"):
        check_in(Day())


def test_a_code_gives_one_ticket_and_the_second_time_its_number():
    day = Day()
    _, ticket = check_in(day, booking(), after_s=50 * 60)
    for again in (booking(), booking(number=ticket.number), None):
        with pytest.raises(no.BookingUsed) as refused:
            check_in(day, again)
        assert str(refused.value) == f"482913: checked in already, number {ticket.number}"
        assert refused.value.facts == {"number": ticket.number}
    assert len(day.hall.open) == 1


def test_a_ticket_that_was_given_back_is_the_visits_one_ticket_all_the_same():
    day = Day()
    _, ticket = check_in(day, booking(), after_s=50 * 60)
    day.does(c.CancelTicket(ticket.number))
    with pytest.raises(no.BookingUsed):
        check_in(day, booking())


def test_a_visit_that_got_its_number_yesterday_gets_none_today_though_it_was_moved():
    with pytest.raises(no.BookingUsed, match="number D007"):
        check_in(Day(), booking(number="D007"))


@pytest.mark.parametrize("days", [-1, 1, 30])
def test_a_visit_of_another_day_is_told_its_day_and_time(days):
    booked_at = AT_TEN + timedelta(days=days)
    with pytest.raises(no.WrongDay) as refused:
        check_in(Day(), booking(booked_at=booked_at))
    local = booked_at.astimezone(WARSAW)
    assert str(refused.value) == f"482913: the visit is on {local:%Y-%m-%d} at 10:00"
    assert refused.value.facts == {"booked_at": local}


def test_with_a_new_day_the_codes_of_the_old_one_are_forgotten():
    day = Day()
    check_in(day, booking(), after_s=50 * 60)
    day.end()
    assert day.hall.checked_in == {}


def test_a_code_opens_no_full_matter_and_stays_good():
    cards = category("cards", "D", daily_limit=1)
    day = Day(office((cards,), (desk("1", "cards"),)))
    day.take()
    with pytest.raises(no.CategoryFull):
        check_in(day, booking())
    assert day.hall.checked_in == {}


def test_a_booked_matter_that_the_office_has_given_up_is_said_to_be_unknown():
    with pytest.raises(no.UnknownCategory):
        check_in(Day(), booking(matter="weddings"))


def test_the_log_folds_to_the_same_hall():
    day = Day()
    check_in(day, booking(), after_s=50 * 60)
    again = type(day.hall)(day.hall.office).after(*day.events)
    assert again.checked_in == day.hall.checked_in
    assert again.by_order(1).booked_at.tzinfo is UTC

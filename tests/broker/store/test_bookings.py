"""Booked visits in a real database: found, moved, given their number in the ticket's transaction, forgotten in time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from broker.domain.booking import Booking
from broker.domain.commands import CheckIn, EndDay, StartDay
from broker.store.bookings import BookingTable
from tests.broker.store.conftest import MORNING

TODAY = date(2026, 11, 23)
VISIT = Booking("482913", "fees", datetime(2026, 11, 23, 9, 0, tzinfo=UTC), 20)


class PowerCut(Exception):
    """Whatever comes between a change and its commit."""


def fails_before_the_commit(transaction, change):
    with transaction():
        change()
        raise PowerCut


@pytest.fixture
def table(beside):
    """The table as the command beside the broker sees it."""
    return BookingTable.of(beside)


def test_a_visit_is_found_by_its_code_and_moved_by_it(table):
    table.keep(VISIT, TODAY)
    moved = Booking("482913", "id-cards", VISIT.booked_at + timedelta(days=1))
    assert (table.find("482913"), table.find("482914")) == (VISIT, None)
    table.keep(moved, TODAY + timedelta(days=1))
    assert table.all() == [moved]
    table.drop("482913")
    assert table.all() == []


def test_the_number_of_a_visit_is_stored_with_its_ticket_and_stays_when_the_visit_is_moved(clerk, table):
    table.keep(VISIT, TODAY)
    clerk.does(StartDay())
    clerk.does(CheckIn("482913", VISIT))
    (ticket,) = clerk.hall.open.values()
    assert table.find("482913").number == ticket.number
    table.keep(VISIT, TODAY)
    assert table.find("482913").number == ticket.number


def test_a_ticket_that_was_not_stored_has_used_no_code(clerk, table):
    table.keep(VISIT, TODAY)
    clerk.does(StartDay())
    entry = clerk.entry(CheckIn("482913", VISIT))
    with pytest.raises(PowerCut):
        fails_before_the_commit(clerk.log.transaction, lambda: clerk.log.append([entry]))
    assert table.find("482913").number is None


def test_the_visits_of_the_day_before_yesterday_are_forgotten_when_a_day_begins(clerk, table):
    clerk.does(StartDay())
    for days in range(-3, 2):
        table.keep(
            Booking(f"00000{days + 3}", "fees", VISIT.booked_at + timedelta(days=days)), TODAY + timedelta(days=days)
        )
    tomorrow = MORNING + timedelta(days=1)
    clerk.does(EndDay(), tomorrow)
    clerk.does(StartDay(), tomorrow)
    assert [booking.code for booking in table.all()] == ["000003", "000004"]


def test_a_clock_that_is_months_ahead_deletes_no_visit(clerk, table):
    clerk.does(StartDay())
    table.keep(VISIT, TODAY)
    for days, left in ((90, [VISIT]), (91, [VISIT])):
        ahead = MORNING + timedelta(days=days)
        clerk.does(EndDay(), ahead)
        clerk.does(StartDay(), ahead)
        assert table.all() == left
    table.forget(TODAY + timedelta(days=2))
    assert table.all() == []


def test_visits_are_expected_while_one_is_of_today_or_later(clerk, table):
    table.keep(VISIT, TODAY)
    days = [TODAY + timedelta(days=days) for days in (-1, 0, 1)]
    assert [clerk.log.expects_visits(day) for day in days] == [True, True, False]


def test_of_a_change_that_fails_nothing_is_kept(table):
    with pytest.raises(PowerCut):
        fails_before_the_commit(table.transaction, lambda: table.keep(VISIT, TODAY))
    assert table.all() == []

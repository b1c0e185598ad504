"""Checking in at a broker with a real database: one ticket for a code, whatever is imported, repeated or killed."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broker.booking_file import BookingList
from broker.bookings_command import take_in
from broker.contract import topics
from broker.domain.booking import Booking
from broker.store.bookings import BookingTable
from broker.store.database import connect_existing
from tests.broker.conftest import MONDAY_MORNING, Hallway

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # half an hour from now, 10:00 in Poland
VISIT = Booking("482913", "fees", NINE)


class Office(Hallway):
    """A broker, and the office's staff with their lists of visits beside it."""

    def books(self, *visits, cancelled=()):
        connection = connect_existing(self._url)
        table = BookingTable.of(connection)
        with table.transaction():
            take_in(BookingList(visits, frozenset(cancelled), 0), table, self.service.hall.office, self.now)
        connection.close()

    def checks_in(self, code="482913", **fields):
        return self.ask("check_in", code=code, **fields)

    @property
    def issued(self):
        return [row[0] for row in self.query("SELECT data FROM events WHERE kind = 'TicketIssued'")]


@pytest.fixture
def hall(tmp_path):
    office = Office(f"sqlite:///{tmp_path / 'hall.db'}").start()
    yield office
    office.stop()


def error(reply):
    assert not reply["ok"], reply
    return reply["error"]


def test_a_code_gives_a_ticket_at_the_booked_time(hall):
    hall.books(VISIT)
    ticket = hall.checks_in(language="uk")["ticket"]
    assert (ticket["number"], ticket["category"], ticket["booking"]) == ("O001", "fees", "on_time")
    assert ticket["booked_at"] == "2026-11-23T10:00:00+01:00"


@pytest.mark.parametrize(("hours", "booking"), [(2, "early"), (-2, "late")])
def test_who_comes_too_early_or_too_late_gets_a_ticket_that_says_so(hall, hours, booking):
    hall.books(Booking("482913", "fees", MONDAY_MORNING + timedelta(hours=hours)))
    assert hall.checks_in()["ticket"]["booking"] == booking


def test_a_ticket_without_a_booking_says_nothing_of_one(hall):
    assert "booking" not in hall.ask("ticket", category="fees")["ticket"]


def test_the_same_request_gets_the_same_answer_and_another_one_the_number(hall):
    hall.books(VISIT)
    first = hall.checks_in(request_id="a")
    assert hall.checks_in(request_id="a") == first
    assert error(hall.checks_in(client="kiosk-2")) == {
        "code": "booking_used",
        "message": "482913: checked in already, number O001",
        "number": "O001",
    }
    hall.start()
    assert hall.checks_in(request_id="a") == first
    assert error(hall.checks_in())["number"] == "O001"


def test_two_kiosks_at_the_same_moment_give_one_ticket(hall):
    hall.books(VISIT)
    for client in ("kiosk-1", "kiosk-2"):
        hall.bus.arrive(client, "check_in", f"{client}-1", code="482913")
    hall.service.turn(0)
    answers = hall.bus.answers()
    assert answers["kiosk-1-1"]["ok"]
    assert error(answers["kiosk-2-1"])["number"] == "O001"


def test_another_day_and_an_unknown_code_are_told_apart(hall):
    hall.books(Booking("482913", "fees", NINE + timedelta(days=1)))
    assert error(hall.checks_in()) == {
        "code": "wrong_day",
        "message": "482913: the visit is on 2026-11-24 at 10:00",
        "booked_at": "2026-11-24T10:00:00+01:00",
    }
    assert error(hall.checks_in("482914")) == {"code": "unknown_booking", "message": "482914: no such booking"}


@pytest.mark.parametrize("code", ["48291", "4829130", "48291a", "482913\n", "٤٨٢٩١٣", "", 482913])
def test_what_is_no_code_is_a_bad_request(hall, code):
    hall.bus.arrive("kiosk-1", "check_in", "x", code=code)
    hall.service.turn(0)
    assert error(hall.bus.answers()["x"])["code"] == "bad_request"


def test_who_tries_codes_is_stopped_for_a_minute_and_nobody_else(hall):
    hall.books(VISIT)
    tried = [error(hall.checks_in(f"{code:06}"))["code"] for code in range(12)]
    assert tried == ["unknown_booking"] * 10 + ["too_soon"] * 2
    assert error(hall.checks_in())["message"] == "kiosk-1 sent more than 10 wrong codes within a minute; wait a minute"
    assert hall.checks_in(client="kiosk-2")["ok"]
    hall.passes(seconds=61)
    assert error(hall.checks_in())["code"] == "booking_used"


def test_whoever_mistypes_now_and_then_is_never_stopped(hall):
    for code in range(40):
        assert error(hall.checks_in(f"{code:06}"))["code"] == "unknown_booking"
        hall.passes(seconds=7)


def test_a_wrong_code_that_is_asked_again_is_one_guess(hall):
    assert {error(hall.checks_in(request_id="same"))["code"] for _ in range(20)} == {"unknown_booking"}


def test_kiosks_offer_to_check_in_while_visits_are_booked_for_today_or_later(hall):
    def offered():
        hall.passes(seconds=5)
        return hall.bus.state(topics.MENU)["bookings"]

    nothing = offered()
    hall.books(VISIT)
    today = offered()
    hall.passes(days=1)
    assert (nothing, today, offered()) == (False, True, False)


def test_codes_of_days_that_are_over_are_gone_from_the_list(hall):
    hall.books(VISIT)
    hall.checks_in()
    hall.passes(days=1)
    kept = hall.query("SELECT code FROM bookings")
    hall.passes(days=1)
    assert (kept, hall.query("SELECT code FROM bookings")) == ([("482913",)], [])


CODES = ("000001", "000002", "482913")
A_CODE = st.sampled_from(CODES)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("books"), A_CODE, st.integers(-3, 60)),
        st.tuples(st.just("cancels"), A_CODE, st.none()),
        st.tuples(st.just("checks in"), A_CODE, st.sampled_from(("a", "b", "c", "d", "e", "f"))),
        st.tuples(st.just("restarts"), st.none(), st.none()),
        st.tuples(st.just("passes"), st.none(), st.sampled_from((1, 12, 24))),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_whatever_is_imported_and_repeated_a_visit_gets_at_most_one_ticket(tmp_path_factory, deeds):
    """A code may be given out anew only once its day, and the day after, are over."""
    office = Office(f"sqlite:///{tmp_path_factory.mktemp('hall') / 'hall.db'}").start()
    given_on = {}
    first_answers = {}
    for what, code, how in deeds:
        if what == "books":
            office.books(Booking(code, "fees", office.now + timedelta(hours=how)))
        elif what == "cancels":
            office.books(cancelled=[code])
        elif what == "restarts":
            office.start()
        elif what == "passes":
            office.passes(hours=how)
        else:
            reply = office.checks_in(code, request_id=how + code)
            assert reply == first_answers.setdefault(how + code, reply) or not first_answers[how + code]["ok"]
            if reply["ok"] and reply["ticket"]["issued_at"] not in given_on.setdefault(code, []):
                given_on[code].append(reply["ticket"]["issued_at"])
    codes = [code for data in office.issued for code in CODES if f'"code":"{code}"' in data]
    office.stop()
    for code, moments in given_on.items():
        assert codes.count(code) == len(moments)
        days = [datetime.fromisoformat(moment).date() for moment in sorted(moments)]
        assert all(later - earlier > timedelta(days=1) for earlier, later in pairwise(days))

"""The event log in a real SQLite file: all or nothing, and the day as it was."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from broker.domain.commands import EndDay, IssueTicket, StartDay
from broker.domain.hall import Hall
from broker.store.chain import Row, link
from broker.store.chain_ends import COLUMNS
from broker.store.log import ANSWERS_KEPT_DAYS, EventLog, StorageFailed, key
from broker.store.wal import ROOM_BYTES
from tests.broker.store.conftest import MORNING, OFFICE, Clerk

FEES = IssueTicket("fees")


def rows(connection, query):
    return connection.connection.driver_connection.execute(query).fetchall()


def test_the_day_is_the_same_after_a_restart(clerk, beside):
    clerk.has_a_day()
    assert Hall(OFFICE).after_all(EventLog(beside).today()) == clerk.hall


def test_a_new_database_knows_no_day(connection):
    assert list(EventLog(connection).today()) == []


@pytest.mark.parametrize("change", ["kind = 'TicketTeleported'", "data = '{}'"])
def test_an_event_that_this_version_does_not_understand_is_never_skipped(clerk, beside, change):
    clerk.has_a_day()
    rows(beside, f"UPDATE events SET {change} WHERE kind = 'TicketCalled'")
    *before, theirs = (Row._make(row) for row in rows(beside, f"SELECT {COLUMNS} FROM events ORDER BY seq"))
    as_they_write_it = link(before[-1].hash, theirs)
    beside.connection.driver_connection.execute(
        "UPDATE events SET hash = ? WHERE seq = ?", (as_they_write_it, theirs.seq)
    )
    with pytest.raises(StorageFailed, match="does not understand"):
        list(clerk.log.today())


def test_a_restart_reads_the_newest_day_alone(clerk, beside):
    clerk.has_a_day()
    tomorrow = MORNING + timedelta(days=1)
    clerk.does(EndDay(), tomorrow)
    clerk.does(StartDay(), tomorrow)
    clerk.does(FEES, tomorrow)
    events = list(EventLog(beside).today())
    assert [type(event).__name__ for event in events] == ["DayStarted", "TicketIssued"]
    assert Hall(OFFICE).after(*events) == clerk.hall


def test_the_log_goes_on_where_it_stopped(clerk, beside):
    clerk.has_a_day()
    again = Clerk(clerk.hall, EventLog(beside), asked=clerk.asked)
    again.does(FEES)
    seqs = [seq for (seq,) in rows(beside, "SELECT seq FROM events ORDER BY seq")]
    assert seqs == list(range(1, len(seqs) + 1))


def test_every_ticket_stands_in_its_table_as_it_stands_in_the_hall(clerk, beside):
    clerk.has_a_day()
    stored = rows(beside, 'SELECT "order", number, category, status, desk, issued_at, called_at, recalls FROM tickets')
    assert stored == [
        (
            ticket.order,
            ticket.number,
            ticket.category,
            ticket.status.value,
            ticket.desk,
            ticket.issued_at.isoformat(),
            ticket.called_at and ticket.called_at.isoformat(),
            ticket.recalls,
        )
        for ticket in sorted(clerk.hall.open.values(), key=lambda ticket: ticket.order)
    ]
    assert [row[3] for row in stored] == ["called", "waiting", "waiting"]


def test_no_table_of_tickets_says_who_a_resident_is(clerk, beside):
    clerk.has_a_day()
    columns = {name for _, name, *_ in rows(beside, "PRAGMA table_info(tickets)")}
    assert "language" not in columns


def test_of_several_tickets_none_is_stored_if_one_cannot_be(clerk, beside):
    clerk.does(StartDay())
    before = rows(beside, "SELECT count(*) FROM events"), rows(beside, "SELECT count(*) FROM tickets")
    good, twin = clerk.entry(FEES), replace(clerk.entry(FEES), request_id="r2")
    with pytest.raises(StorageFailed, match=r"UNIQUE constraint failed"):
        clerk.log.append([good, twin])
    assert (rows(beside, "SELECT count(*) FROM events"), rows(beside, "SELECT count(*) FROM tickets")) == before
    assert clerk.log.answers_to(["kiosk-1 r1", "kiosk-1 r2"]) == {"kiosk-1 r1": b"answer 1"}


def test_after_a_failure_the_next_ticket_is_stored(clerk, connection, beside):
    clerk.does(StartDay())
    (pages,) = rows(connection, "PRAGMA page_count")
    rows(connection, f"PRAGMA max_page_count={pages[0]}")
    hall = clerk.hall
    with pytest.raises(StorageFailed, match="full"):
        clerk.log.append([clerk.entry(FEES) for _ in range(200)])
    rows(connection, "PRAGMA max_page_count=1000000")
    clerk.hall = hall
    clerk.does(FEES)
    assert Hall(OFFICE).after_all(EventLog(beside).today()) == clerk.hall
    assert rows(beside, "SELECT number FROM tickets") == [("O001",)]


def test_a_request_is_answered_again_from_the_log(clerk, beside):
    clerk.has_a_day()
    asked = [key("kiosk-1", request_id) for request_id in ("r2", "never asked", "r4")]
    assert EventLog(beside).answers_to(asked) == {asked[0]: b"answer 2", asked[2]: b"answer 4"}
    assert EventLog(beside).answers_to([]) == {}


def test_answers_are_kept_for_a_week_and_events_for_good(clerk, beside):
    for day in range(ANSWERS_KEPT_DAYS + 2):
        clerk.does(StartDay(), MORNING + timedelta(days=day))
    kept = [day for (day,) in rows(beside, "SELECT day FROM answers ORDER BY day")]
    assert (kept[0], kept[-1], len(kept)) == ("2026-11-24", "2026-12-01", ANSWERS_KEPT_DAYS + 1)
    assert rows(beside, "SELECT count(*) FROM events") == [(ANSWERS_KEPT_DAYS + 2,)]


def test_an_answer_is_packed_on_the_disk_and_given_again_as_it_was(clerk, beside):
    clerk.does(StartDay())
    answer = b'{"request_id":"r","ok":true,"ticket":' + b'{"number":"O001","status":"waiting"}' * 20 + b"}"
    clerk.log.append([replace(clerk.entry(FEES), request_id="r", answer=answer)])
    ((stored,),) = rows(beside, "SELECT answer FROM answers WHERE request_id LIKE '% r'")
    assert len(stored) < len(answer) / 4
    assert clerk.log.answers_to(["kiosk-1 r"]) == {"kiosk-1 r": answer}


def test_an_answer_that_an_earlier_version_stored_unpacked_is_given_again(clerk, beside):
    clerk.does(StartDay())
    beside.connection.driver_connection.execute(
        "INSERT INTO answers VALUES ('kiosk-1 r', '2026-11-23', ?)", (b'{"ok":true}',)
    )
    assert clerk.log.answers_to(["kiosk-1 r"]) == {"kiosk-1 r": b'{"ok":true}'}


def test_a_request_that_cannot_be_looked_up_is_a_storage_failure_and_no_crash(clerk, connection):
    rows(connection, "DROP TABLE answers")
    with pytest.raises(StorageFailed, match="answers"):
        clerk.log.answers_to(["r1"])


def test_the_disk_is_tidied_once_it_took_enough_commits(clerk):
    assert clerk.log.tidy(at_least_commits=1000), "the file is laid out first"
    clerk.has_a_day()
    assert not clerk.log.tidy(at_least_commits=1000)
    assert clerk.log.tidy(at_least_commits=1)
    assert not clerk.log.tidy(at_least_commits=1)


def test_the_write_ahead_log_keeps_its_size_and_loses_nothing(clerk, beside):
    clerk.log.tidy(at_least_commits=1000)
    file = clerk.log._wal._file
    size = file.stat().st_size
    assert size == ROOM_BYTES
    clerk.has_a_day()
    clerk.log.tidy(at_least_commits=1)
    clerk.does(FEES)
    assert file.stat().st_size == size
    assert Hall(OFFICE).after_all(EventLog(beside).today()) == clerk.hall


def test_tidying_waits_for_nobody_who_reads(clerk, connection, beside):
    rows(connection, "PRAGMA busy_timeout=20000")
    clerk.has_a_day()
    rows(beside, "BEGIN")
    rows(beside, "SELECT * FROM events")
    clerk.does(FEES)
    since = time.monotonic()
    assert clerk.log.tidy(at_least_commits=1)
    assert time.monotonic() - since < 10
    assert rows(connection, "PRAGMA busy_timeout") == [(20000,)]
    rows(beside, "ROLLBACK")
    assert Hall(OFFICE).after_all(EventLog(beside).today()) == clerk.hall


def test_tidying_a_full_disk_is_a_storage_failure_and_loses_nothing(clerk, beside):
    import resource

    clerk.has_a_day()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        with pytest.raises(StorageFailed):
            clerk.log.tidy(at_least_commits=1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert Hall(OFFICE).after_all(EventLog(beside).today()) == clerk.hall
    clerk.does(FEES)

"""The chain of the log: whatever is done to it afterwards is found, at its first place."""

import contextlib
import hashlib
import json
from datetime import date, timedelta

import pytest

from broker.domain.commands import EndDay, IssueTicket, StartDay
from broker.store.archive import reading
from broker.store.chain import Row, link
from broker.store.chain_ends import COLUMNS
from broker.store.log import EventLog
from broker.store.verification import UnknownDay, verified
from tests.broker.store.conftest import MORNING

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
TAKE_OUT_3_AND_CLOSE_UP = "DELETE FROM events WHERE seq = 3", "UPDATE events SET seq = seq - 1 WHERE seq > 3"
PUT_IN_AS_3 = (
    "UPDATE events SET seq = -seq WHERE seq >= 3",
    "UPDATE events SET seq = 1 - seq WHERE seq < 0",
    "INSERT INTO events SELECT 3, day, kind, data, client, request_id, hash FROM events WHERE seq = 2",
)


@pytest.fixture
def two_days(clerk):
    clerk.has_a_day()
    tomorrow = MORNING + timedelta(days=1)
    for command in (EndDay(), StartDay(), IssueTicket("fees"), IssueTicket("fees")):
        clerk.does(command, tomorrow)
    return clerk


@pytest.fixture
def driver(connection):
    return connection.connection.driver_connection


def verdict_of(url, *asked):
    with reading(url) as driver:
        return verified(driver, *asked)


def test_a_log_that_nobody_touched_is_whole(two_days, url):
    verdict = verdict_of(url)
    assert (verdict.broken, verdict.start) == (None, None)
    assert (verdict.events, verdict.first.kind, verdict.last.kind) == (13, "DayStarted", "TicketIssued")
    assert verdict.newest == verdict.last.hash


def test_an_auditor_can_make_the_hashes_again_from_the_written_rule(two_days, driver):
    before = bytes(32)
    for *fields, stored in driver.execute(f"SELECT {COLUMNS} FROM events ORDER BY seq"):
        written = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
        before = hashlib.sha256(before + written).digest()
        assert stored == before


def test_a_request_id_of_any_characters_is_hashed_as_the_rule_says():
    every = "".join(map(chr, [*range(0x300), *range(0xE000, 0xE010), 0x1F600]))
    row = Row(1, "2026-11-23", "TicketIssued", "{}", None, every, None)
    written = json.dumps(row[:-1], ensure_ascii=False, separators=(",", ":")).encode()
    assert link(b"before", row) == hashlib.sha256(b"before" + written).digest()


@pytest.mark.parametrize("column", ["day", "kind", "data", "client", "request_id", "hash"])
def test_an_event_of_which_anything_was_changed_is_named(two_days, driver, url, column):
    driver.execute(f"UPDATE events SET {column} = replace({column}, substr({column}, 2, 1), x'78') WHERE seq = 4")
    broken = verdict_of(url).broken
    assert (broken.seq, broken.what) == (4, "changed")
    assert "event 4 (" in str(broken)


def test_a_nameless_event_that_was_given_a_sender_is_named(two_days, driver, url):
    driver.execute("UPDATE events SET client = '' , request_id = NULL WHERE seq = 4")
    assert verdict_of(url).broken.what == "changed"


@pytest.mark.parametrize(
    ("deeds", "what", "seq"),
    [
        (("DELETE FROM events WHERE seq = 3",), "missing: event 3 before event 4 (TicketIssued of 2026-11-23)", 3),
        (("DELETE FROM events WHERE seq BETWEEN 3 AND 5",), "missing: events 3 to 5 before event 6", 3),
        (("DELETE FROM events WHERE seq = 1",), "missing: event 1 before event 2", 1),
        (TAKE_OUT_3_AND_CLOSE_UP, "changed: event 3", 3),
        (PUT_IN_AS_3, "inserted: event 3", 3),
        (
            ("UPDATE events SET hash = NULL WHERE seq = 5",),
            "inserted: event 5 (DeskOpened of 2026-11-23) has no hash",
            5,
        ),
        (("DELETE FROM events WHERE seq = 13",), "cut off: of 2 tickets of 2026-11-24 the log has 1", 13),
        (("DELETE FROM events WHERE seq >= 11",), "cut off: 2026-11-24 began with event 11, the last is 10", 11),
        (("DELETE FROM events",), "cut off: 2026-11-24 began with event 11, the last is 0", 1),
    ],
)
def test_what_was_taken_out_put_in_or_cut_off_is_named(two_days, driver, url, deeds, what, seq):
    for deed in deeds:
        driver.execute(deed)
    broken = verdict_of(url).broken
    assert str(broken).startswith(what)
    assert broken.seq == seq


def test_an_end_that_left_no_trace_is_missed_by_an_office_that_noted_the_newest_hash(two_days, driver, url):
    two_days.does(IssueTicket("fees"), MORNING + timedelta(days=1))
    noted = verdict_of(url).newest
    assert verdict_of(url, None, noted).broken is None
    driver.execute("DELETE FROM events WHERE seq = 14")
    driver.execute('DELETE FROM tickets WHERE "order" = 3 AND day = ?', (TUESDAY.isoformat(),))
    assert verdict_of(url).broken is None, "nothing is left to tell"
    assert verdict_of(url, None, noted).broken.what == "cut off"


def test_one_day_is_verified_alone_from_the_hash_of_the_day_before(two_days, driver, url):
    driver.execute("UPDATE events SET data = data || ' ' WHERE seq = 4")
    assert verdict_of(url, MONDAY).broken.seq == 4
    tuesday = verdict_of(url, TUESDAY)
    assert (tuesday.broken, tuesday.events) == (None, 3)
    with pytest.raises(UnknownDay, match="does not hold 2026-11-25"):
        verdict_of(url, date(2026, 11, 25))


def test_a_start_follows_the_chain_of_its_day_and_goes_on_all_the_same(two_days, driver, beside):
    log = EventLog(beside)
    assert len(list(log.today())) == 3
    assert log.broken is None
    driver.execute("UPDATE events SET data = data || ' ' WHERE seq IN (4, 12)")
    assert len(list(log.today())) == 3
    assert str(log.broken) == "changed: event 12 (TicketIssued of 2026-11-24), or the one before it"


def test_the_chain_goes_on_after_a_restart(two_days, beside, url):
    two_days.log = EventLog(beside)
    two_days.does(IssueTicket("fees"), MORNING + timedelta(days=1))
    assert verdict_of(url).broken is None


def test_a_command_that_was_rolled_back_leaves_no_gap_in_the_chain(two_days, url):
    tomorrow = MORNING + timedelta(days=1)
    before, entry = two_days.hall, two_days.entry(IssueTicket("fees"), tomorrow)
    with contextlib.suppress(KeyboardInterrupt), two_days.log.transaction():
        two_days.log.append([entry])
        raise KeyboardInterrupt
    two_days.hall = before
    two_days.does(IssueTicket("fees"), tomorrow)
    assert verdict_of(url).broken is None
    assert verdict_of(url).events == 14

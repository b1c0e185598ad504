"""Old days become statistics at night: nothing of one resident or clerk is left, and the rest is still one chain."""

import json
import re
from datetime import timedelta
from itertools import pairwise

import pytest

from broker.store import retention
from broker.store.archive import days_kept, events_of, reading
from broker.store.verification import verified
from tests.broker.conftest import MONDAY_MORNING

KEPT_DAYS = 3


@pytest.fixture
def office(hallway):
    """An office that keeps three days."""
    hallway.office = re.sub("retention_days = [0-9]+", f"retention_days = {KEPT_DAYS}", hallway.office)
    return hallway.start()


def a_day(hallway):
    """Let three residents come: one is served after seven minutes, one does not come, one is left at the day's end."""
    for _ in range(3):
        hallway.take()
    hallway.at_desk("open", clerk="4711")
    hallway.passes(minutes=7)
    hallway.at_desk("next")
    hallway.passes(minutes=4, seconds=30)
    hallway.at_desk("next")
    hallway.at_desk("no_show")


def night(hallway, times=5):
    """Let the next business day begin, and the broker do its chores for a while."""
    hallway.now = hallway.now.replace(hour=6, minute=0) + timedelta(days=1)
    for _ in range(times):
        hallway.service._last_request_at -= 100
        hallway.passes(seconds=5)
    hallway.now = hallway.now.replace(hour=8, minute=30)


def days_go_by(hallway, days):
    for _ in range(days):
        a_day(hallway)
        night(hallway)


def test_a_day_that_is_too_old_is_reduced_to_statistics(office):
    days_go_by(office, KEPT_DAYS + 2)
    rows = office.query("SELECT * FROM statistics")
    assert [row[0] for row in rows] == ["2026-11-23"]
    _, category, issued, served, no_show, cancelled, closed, waited, service = rows[0]
    assert (category, issued, served, no_show, cancelled, closed) == ("fees", 3, 1, 1, 0, 1)
    assert json.loads(waited) == {"7": 1, "11": 1}
    assert json.loads(service) == {"4": 1}


def test_of_an_old_day_nothing_is_left_but_its_statistics(office):
    days_go_by(office, KEPT_DAYS + 2)
    kept = [str(day) for day in days_kept(office._url)]
    assert kept == ["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28"]
    for table in ("events", "tickets", "answers", "days"):
        assert office.query(f"SELECT count(*) FROM {table} WHERE day < '{kept[0]}'") == [(0,)], table
    (statistics,) = office.query("SELECT * FROM statistics")
    assert "4711" not in str(statistics), "no clerk"
    assert "17" not in re.findall(r"\d+", " ".join(map(str, statistics[1:]))), "no desk"


def test_what_remains_is_one_chain_that_starts_with_the_hash_that_the_old_days_ended_with(office):
    a_day(office)
    night(office)
    with reading(office._url) as driver:
        (first_of_tuesday,) = driver.execute("SELECT max(first_seq) FROM days").fetchone()
        (end_of_monday,) = driver.execute("SELECT hash FROM events WHERE seq = ?", (first_of_tuesday - 1,)).fetchone()
    days_go_by(office, KEPT_DAYS + 1)
    with reading(office._url) as driver:
        verdict = verified(driver, None, end_of_monday)
    assert verdict.broken is None
    assert (verdict.start.hash, verdict.start.reason) == (end_of_monday, "retention")
    assert verdict.first.seq == verdict.start.seq + 1
    assert (verdict.first.kind, verdict.first.day) == ("DayStarted", "2026-11-24")


def test_the_days_that_are_kept_and_the_hall_stay_as_they_are(office):
    days_go_by(office, KEPT_DAYS + 2)
    before = office.service.hall
    assert len(events_of(office._url, days_kept(office._url)[0])) > 8
    assert office.start().service.hall == before
    assert office.take() == "O001"


def test_the_file_grows_no_more_once_the_first_days_have_gone(office):
    days_go_by(office, KEPT_DAYS + 4)
    (pages,) = office.query("PRAGMA page_count")
    days_go_by(office, 6)
    assert office.query("PRAGMA page_count") == [pages]


def test_it_is_done_in_small_batches_and_never_while_a_clerk_sits_at_a_desk(office, monkeypatch):
    monkeypatch.setattr(retention, "_OLD", retention._OLD.replace("LIMIT 500", "LIMIT 4"))
    days_go_by(office, KEPT_DAYS)
    a_day(office)
    night(office, times=0)
    a_day(office)
    office.now = office.now.replace(hour=6) + timedelta(days=1)
    office.passes(seconds=5)
    office.at_desk("open")
    office.service._last_request_at -= 100
    office.passes(seconds=5)
    assert office.query("SELECT count(*) FROM statistics") == [(0,)]
    office.at_desk("close")
    counts = []
    for _ in range(12):
        office.service._last_request_at -= 100
        office.passes(seconds=5)
        counts += office.query("SELECT count(*) FROM events")[0]
    removed = [before - after for before, after in pairwise(counts)]
    assert max(removed) == 4
    assert office.query("SELECT count(*) FROM statistics") == [(1,)]


def test_days_that_are_not_as_they_were_written_stay_until_somebody_has_looked(office):
    a_day(office)
    office.query("UPDATE events SET data = replace(data, 'fees', 'visa') WHERE seq = 2")
    night(office)
    days_go_by(office, KEPT_DAYS + 1)
    assert office.query("SELECT kind FROM events WHERE seq = 2") == [("TicketIssued",)]
    codes = {problem.code: problem.detail for problem in office.bus.problems}
    assert "the log is not whole there: changed: event 2" in codes["retention"]


def test_a_clock_that_is_years_ahead_for_a_night_forgets_nothing(office):
    days_go_by(office, 2)
    office.now += timedelta(days=4000)
    night(office)
    assert office.query("SELECT count(*) FROM statistics") == [(0,)]
    assert office.query("SELECT count(*) FROM events WHERE day = '2026-11-23'")[0][0] > 8


def test_an_office_of_before_the_chain_forgets_its_old_days_too(office):
    a_day(office)
    office.query("UPDATE events SET hash = NULL")
    office.query("INSERT INTO chain_start SELECT max(seq), zeroblob(32), 'upgrade', 'then' FROM events")
    night(office)
    days_go_by(office, KEPT_DAYS + 1)
    assert office.query("SELECT min(day) FROM events") == [("2026-11-24",)]
    with reading(office._url) as driver:
        assert verified(driver).broken is None


def test_journal_and_health_keep_the_hash_that_a_day_ended_with(office, caplog):
    caplog.set_level("INFO")
    a_day(office)
    assert office.now.date() == MONDAY_MORNING.date()
    night(office)
    assert office.bus.last_day.day == "2026-11-23"
    day, seq, digest = re.search(r"the log of (\S+) ends with event (\d+), hash (\w+)", caplog.text).groups()
    assert day == "2026-11-23"
    assert office.query(f"SELECT lower(hex(hash)) FROM events WHERE seq = {seq}") == [(digest,)]
    assert office.query(f"SELECT kind FROM events WHERE seq = {int(seq) + 1}") == [("DayStarted",)]
    assert office.bus.last_day.hash == digest
    assert office.start().bus.last_day.hash == digest, "after a restart too"

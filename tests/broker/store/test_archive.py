"""Any day of the log, read beside the broker that writes to it: nothing is changed, nothing is left behind."""

import shutil
from datetime import date, timedelta

import pytest

from broker.domain.commands import EndDay, IssueTicket, StartDay
from broker.domain.events import DayStarted
from broker.domain.hall import Hall
from broker.store.archive import days_kept, events_of
from broker.store.database import BadDatabase, database_path, open_database
from broker.store.log import EventLog, StorageFailed
from tests.broker.store.conftest import MORNING, OFFICE

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (23, 24, 25))


def folder_of(url):
    """Return every file beside the database with its content."""
    return {path.name: path.read_bytes() for path in database_path(url).parent.iterdir() if path.is_file()}


@pytest.fixture
def two_days(clerk):
    clerk.has_a_day()
    clerk.monday = clerk.hall
    tomorrow = MORNING + timedelta(days=1)
    for command in (EndDay(), StartDay(), IssueTicket("fees")):
        clerk.does(command, tomorrow)
    return clerk


def test_every_day_is_found_and_read_as_it_was(two_days, url):
    assert days_kept(url) == (MONDAY, TUESDAY)
    monday = events_of(url, MONDAY)
    assert [isinstance(event, DayStarted) for event in monday] == [True] + [False] * (len(monday) - 1)
    assert type(monday[-1]).__name__ == "DeskClosed"
    assert Hall(OFFICE).after(*events_of(url, TUESDAY)) == two_days.hall
    assert events_of(url, WEDNESDAY) == ()


def test_a_day_that_is_going_on_is_read_beside_the_broker(two_days, url):
    two_days.does(IssueTicket("fees"), MORNING + timedelta(days=1))
    assert Hall(OFFICE).after(*events_of(url, TUESDAY)) == two_days.hall


def test_the_broker_may_be_in_the_middle_of_a_ticket(two_days, url):
    with two_days.log.transaction():
        two_days.log.append([two_days.entry(IssueTicket("fees"))])
        assert len(events_of(url, TUESDAY)) == 2, "what is not committed has not happened"
    assert len(events_of(url, TUESDAY)) == 3


def test_reading_beside_the_broker_changes_no_file(two_days, url):
    before = folder_of(url)
    assert events_of(url, MONDAY)
    after = folder_of(url)
    assert after.keys() == before.keys()
    assert {name for name in before if before[name] != after[name]} <= {"hall.db-shm"}, "where readers note themselves"


def test_reading_a_database_that_nobody_has_open_leaves_no_file_behind(two_days, connection, url):
    connection.close()
    before = folder_of(url)
    assert set(before) == {"hall.db", "hall.db-lock"}
    assert Hall(OFFICE).after(*events_of(url, TUESDAY)) == two_days.hall
    assert folder_of(url) == before


def test_a_backup_of_a_running_broker_is_read_whole_and_left_as_it_is(two_days, url, tmp_path):
    (tmp_path / "backup").mkdir()
    for name in ("hall.db", "hall.db-wal"):
        shutil.copy(tmp_path / name, tmp_path / "backup" / name)
    backup = f"sqlite:///{tmp_path / 'backup' / 'hall.db'}"
    before = folder_of(backup)
    assert Hall(OFFICE).after(*events_of(backup, TUESDAY)) == two_days.hall
    assert folder_of(backup) == before


def test_an_event_that_this_version_does_not_understand_is_never_skipped(two_days, connection, url):
    connection.connection.driver_connection.execute("UPDATE events SET kind = 'TicketTeleported' WHERE seq = 3")
    with pytest.raises(StorageFailed, match="does not understand"):
        events_of(url, MONDAY)


def test_a_database_that_is_none_or_is_not_there_is_refused_and_not_made(tmp_path):
    with pytest.raises(BadDatabase, match=r"hall\.db does not exist; --database names"):
        days_kept(f"sqlite:///{tmp_path / 'hall.db'}")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "hall.db").write_text("Dear clerk, " * 100)
    with pytest.raises(BadDatabase, match="file is not a database"):
        days_kept(f"sqlite:///{tmp_path / 'hall.db'}")


def test_a_new_database_holds_no_day(url):
    connection = open_database(url)
    assert days_kept(url) == ()
    assert list(EventLog(connection).today()) == []
    connection.close()

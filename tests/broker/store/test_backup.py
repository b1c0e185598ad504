"""Copies of the database: one moment of a hall that goes on, and kept by age."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from broker.domain.commands import IssueTicket, StartDay
from broker.store import backup
from broker.store.archive import reading
from broker.store.backup import BadBackup, back_up, check, copy_of, is_there, made, no_longer_kept
from broker.store.database import BadDatabase
from broker.store.restoring import restoring
from tests.broker.store.conftest import MORNING

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def copy_at(moment):
    return Path(f"hall-{moment.strftime('%Y%m%dT%H%M%SZ')}.db")


def residents_come_between_two_steps(clerk):
    clerk.does(IssueTicket("fees"))
    clerk.log.tidy(at_least_commits=20)


def test_a_copy_is_one_moment_of_a_hall_that_goes_on_meanwhile(clerk, url, stick, monkeypatch):
    clerk.does(StartDay())
    for _ in range(300):
        clerk.does(IssueTicket("fees"))
    monkeypatch.setattr(backup, "STEP_PAGES", 2)
    monkeypatch.setattr(backup._Pace, "rest", lambda _: residents_come_between_two_steps(clerk))
    verdict = check(back_up(url, stick, MORNING))
    assert len(clerk.hall.open) > 310, "the copy was made in many steps"
    assert verdict.events == 301, "and is that of the moment at which it was begun"
    with reading(url) as driver:
        (at_that_moment,) = driver.execute("SELECT hash FROM events WHERE seq = ?", (verdict.events,)).fetchone()
    assert verdict.newest == at_that_moment


def test_a_copy_that_was_broken_off_is_never_taken_for_one(clerk, url, stick):
    clerk.has_a_day()
    (stick / "hall-20261123T060000Z.db.part").write_text("half of it")
    copy = back_up(url, stick, MORNING)
    assert [path.name for path in stick.iterdir()] == [copy.name] == ["hall-20261123T073000Z.db"]


def test_a_link_with_the_name_of_the_copy_leads_it_nowhere_else(clerk, url, stick, tmp_path, monkeypatch):
    clerk.has_a_day()
    (stick / "copy.db").symlink_to(tmp_path / "elsewhere.db")
    # As if somebody put it back at once.
    monkeypatch.setattr(Path, "unlink", lambda *_, **__: None)
    with pytest.raises(BadDatabase, match="File exists"):
        copy_of(Path(url.removeprefix("sqlite:///")), stick / "copy.db")
    assert not (tmp_path / "elsewhere.db").exists()


def test_a_link_that_takes_the_place_of_what_is_restored_gets_nothing_given_away(clerk, url, stick, tmp_path):
    clerk.has_a_day()
    copy = back_up(url, stick, MORNING)
    secret = tmp_path / "secret"
    secret.write_text("root's own")
    card = tmp_path / "card"
    card.mkdir()
    if os.geteuid() == 0:
        os.chown(card, 65534, 65534)

    def restore():
        with restoring(copy, card / "hall.db", MORNING) as (new, _):
            new.unlink()
            new.symlink_to(secret)

    with pytest.raises(BadBackup, match="symbolic links"):
        restore()
    assert secret.stat().st_uid == os.geteuid()
    assert [path.name for path in card.iterdir()] == ["hall.db-lock"]


def test_a_stick_that_is_not_there_gets_no_folder_made_in_its_place(clerk, url, stick):
    stick.rmdir()
    with pytest.raises(BadBackup, match="is the stick plugged in and mounted"):
        back_up(url, stick, MORNING)
    assert not stick.exists()


def test_a_stick_that_was_pulled_out_while_mounted_is_not_there(tmp_path):
    nowhere = tmp_path / ("a" * 300)
    with pytest.raises(OSError, match="name too long"):
        nowhere.stat()
    assert not is_there(nowhere)


def test_a_copy_of_a_log_that_is_not_whole_is_not_kept(clerk, url, stick, connection):
    clerk.has_a_day()
    connection.connection.driver_connection.execute("UPDATE events SET data = '{}' WHERE seq = 3")
    with pytest.raises(BadBackup, match="the log is not whole: changed: event 3"):
        back_up(url, stick, MORNING)
    assert not list(stick.glob("*.db"))


def test_of_today_every_copy_is_kept_and_of_each_day_before_the_last():
    copies = [copy_at(NOON - timedelta(days=day, hours=hour)) for day in range(5) for hour in range(3)]
    gone = set(no_longer_kept([*copies, Path("holiday.jpg")], NOON.date(), 3, UTC))
    assert set(copies) - gone == {*copies[:3], *(copy_at(NOON - timedelta(days=day)) for day in (1, 2, 3))}


def test_a_clock_that_is_years_ahead_makes_no_copy_old():
    copies = [copy_at(NOON - timedelta(days=day)) for day in range(3)]
    assert no_longer_kept(copies, date(2040, 1, 1), 3, UTC) == []


def test_a_copy_belongs_to_the_day_of_the_machines_own_time_zone():
    late, early = (copy_at(datetime(2026, 11, 24, hour, tzinfo=UTC)) for hour in (22, 23))
    zone = MORNING.astimezone().tzinfo
    assert no_longer_kept([late, early], date(2026, 11, 26), 30, UTC) == [late]
    assert no_longer_kept([late, early], date(2026, 11, 26), 0, zone) == [late, early]


@pytest.mark.parametrize("name", ["hall.db", "hall-20261123T060000Z.db.part", "hall-2026.db", "letter.txt"])
def test_what_is_no_copy_is_never_dropped(name):
    assert made(Path(name)) is None
    assert no_longer_kept([Path(name)], date(2040, 1, 1), 0, UTC) == []

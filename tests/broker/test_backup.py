"""`okienko-broker backup` and `restore`: a copy beside the running broker, and a hall that goes on from it."""

import itertools
import os
import sqlite3
from datetime import timedelta

import pytest

from broker.__main__ import main
from broker.domain.office_file import office_from_toml
from broker.restore_command import SKIPPED_ON_THE_SAME_DAY, restore
from tests.broker.conftest import MONDAY_MORNING, SAMPLE, Hallway

OFFICE = office_from_toml(SAMPLE, "sample")


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def command(tmp_path, capsys):
    """Return a function that runs a command on the hall's database: status, its lines, what it complained about."""

    def run(name, *words):
        status = main([name, *map(str, words), "--database", f"sqlite:///{tmp_path / 'hall.db'}"])
        said = capsys.readouterr()
        return status, said.out.splitlines(), said.err

    return run


@pytest.fixture
def empty_card(tmp_path):
    """An office's broker on a new card, at which its database may be restored."""
    folder = tmp_path / "card"
    folder.mkdir()
    hallway = Hallway(f"sqlite:///{folder / 'hall.db'}")
    hallway._ids = itertools.count(1001)
    yield hallway
    hallway.stop()


def copied(command, stick):
    assert command("backup", stick)[0] == 0
    (copy,) = stick.iterdir()
    return copy


def restored(copy, hallway, **when):
    hallway.now = MONDAY_MORNING + timedelta(**{key: value for key, value in when.items() if key != "skip"})
    return restore(copy, hallway._url, OFFICE, when.get("skip"), hallway.now)


def test_a_copy_is_made_beside_the_running_broker_and_holds_everything(hallway, command, stick):
    hallway.take()
    hallway.at_desk("open")
    hallway.at_desk("next")
    status, (line,), _ = command("backup", stick)
    (copy,) = stick.iterdir()
    assert status == 0
    assert line.startswith(f"{copy} (0.")
    assert line.endswith(" MB), checked whole")
    rows = "SELECT seq, kind, data, hash FROM events ORDER BY seq"
    assert sqlite3.connect(copy).execute(rows).fetchall() == hallway.query(rows)
    assert hallway.take(), "the hall goes on"


def test_last_nights_backup_on_an_empty_card_gives_the_first_number_of_the_next_day(
    hallway, command, stick, empty_card
):
    assert [hallway.take() for _ in range(3)][-1] == "O003"
    lines = restored(copied(command, stick), empty_card, days=1)
    assert lines[0].startswith("restored: the hall as it was on 2026-11-23 09:30:00, from ")
    assert "today starts with the first numbers" in lines[2]
    assert len(lines) == 3, "nothing was there before"
    empty_card.start()
    assert empty_card.take() == "O001"
    assert empty_card.query("SELECT status, count(*) FROM tickets GROUP BY status") == [("closed", 3), ("waiting", 1)]


def test_numbers_of_this_morning_that_the_backup_of_last_night_does_not_know_are_passed_over(
    hallway, command, stick, empty_card
):
    hallway.take()
    copy = copied(command, stick)
    hallway.passes(days=1)
    lost_with_the_card = {hallway.take() for _ in range(7)}
    lines = restored(copy, empty_card, days=1, skip=50)
    assert lines[2].startswith("50 numbers are passed over in each series")
    empty_card.start()
    assert empty_card.take() == "O051"
    assert empty_card.take() not in lost_with_the_card


def test_a_backup_of_the_same_day_passes_over_more_numbers_than_an_hour_gives_out(hallway, command, stick, empty_card):
    hallway.take()
    hallway.at_desk("open")
    hallway.at_desk("next")
    copy = copied(command, stick)
    lost_with_the_card = {hallway.take() for _ in range(20)}
    calls = hallway.service.hall.call
    lines = restored(copy, empty_card, minutes=30)
    assert lines[2].startswith("100 numbers are passed over in each series")
    empty_card.start()
    assert empty_card.service.hall.ticket("O001").status == "called", "what the backup knows goes on"
    assert empty_card.take() == f"O{2 + SKIPPED_ON_THE_SAME_DAY:03d}"
    assert empty_card.take() not in lost_with_the_card
    assert empty_card.ask("finish", "desk-17", desk="17")["ok"]
    assert empty_card.at_desk("next")["ok"]
    assert empty_card.service.hall.call > calls, "a wall announces no call number twice"


def test_who_knows_that_nothing_was_given_out_since_passes_nothing_over(hallway, command, stick, empty_card):
    hallway.take()
    lines = restored(copied(command, stick), empty_card, minutes=1, skip=0)
    assert lines[2] == "no number is passed over: right only if none was given out since"
    assert empty_card.start().take() == "O002"


def test_the_restored_log_is_whole_and_a_restart_finds_the_same_hall(hallway, command, stick, empty_card):
    hallway.take()
    restored(copied(command, stick), empty_card, minutes=30)
    before = empty_card.start().service.hall
    assert empty_card.log.broken is None
    assert main(["verify", "--database", empty_card._url]) == 0
    assert empty_card.start().service.hall == before


def test_what_was_there_before_is_kept_beside(hallway, command, stick, tmp_path):
    hallway.take()
    copy = copied(command, stick)
    hallway.take()
    hallway.stop()
    status, lines, _ = command("restore", copy, "--skip", "0")
    assert status == 0
    kept = lines[-1].removeprefix("what was there before is kept as ")
    assert {path.name for path in tmp_path.glob("hall.db*")} == {"hall.db", "hall.db-lock", kept.rpartition("/")[2]}
    count = "SELECT count(*) FROM events WHERE kind = 'TicketIssued'"
    assert sqlite3.connect(kept).execute(count).fetchone() == (2,)
    hallway.start()
    assert hallway.query(count) == [(1,)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root restores for another user")
def test_what_root_restores_belongs_to_the_brokers_user(hallway, command, stick, empty_card, tmp_path):
    hallway.take()
    copy = copied(command, stick)
    os.chown(tmp_path / "card", 65534, 65534)
    restored(copy, empty_card, days=1)
    files = list((tmp_path / "card").iterdir())
    assert {path.name for path in files} == {"hall.db", "hall.db-lock"}
    assert {path.stat().st_uid for path in files} == {65534}


def test_a_damaged_database_is_replaced_and_kept(hallway, command, stick, tmp_path):
    hallway.take()
    copy = copied(command, stick)
    hallway.stop()
    (tmp_path / "hall.db").write_bytes(b"Dear clerk, " * 1000)
    (tmp_path / "hall.db-wal").write_bytes(b"this is nothing of ours")
    assert command("restore", copy)[0] == 0
    assert hallway.start().take()
    assert list(tmp_path.glob("hall.db.before-restore-*-wal"))


def test_a_broker_that_has_the_database_open_is_not_overrun(hallway, command, stick):
    hallway.take()
    copy = copied(command, stick)
    status, _, complaint = command("restore", copy)
    assert status == 2
    assert "is in use by another broker; stop that one first" in complaint
    assert hallway.take() == "O002"


def spoil(copy, how):
    if how == "cut short":
        copy.write_bytes(copy.read_bytes()[:-5000])
    elif how == "a letter":
        copy.write_text("Dear clerk, " * 1000)
    elif how == "gone":
        copy.unlink()
    else:
        with sqlite3.connect(copy) as driver:
            driver.execute(how)
        driver.close()


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("cut short", ""),
        ("a letter", "not a database"),
        ("gone", "does not exist"),
        ("UPDATE events SET data = data || ' ' WHERE seq = 2", "the log is not whole: changed: event 2"),
        ("DELETE FROM events WHERE kind = 'TicketIssued'", "the log is not whole: missing: event 2"),
        ("UPDATE alembic_version SET version_num = '9999'", "has tables '9999', which this version does not know"),
        ("DROP TABLE alembic_version", "has tables None, which this version does not know"),
    ],
)
def test_a_backup_that_is_not_whole_changes_nothing(hallway, command, stick, tmp_path, how, why):
    hallway.take()
    hallway.at_desk("open")
    copy = copied(command, stick)
    hallway.stop()
    before = (tmp_path / "hall.db").read_bytes()
    spoil(copy, how)
    status, lines, complaint = command("restore", copy)
    assert (status, lines, complaint.count("\n")) == (2, [], 1)
    assert why in complaint
    assert (tmp_path / "hall.db").read_bytes() == before
    assert not list(tmp_path.glob("hall.db.*"))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "into which folder? Name one, or a --config with backup_folder"),
        (["nowhere"], "nowhere is not there: is the stick plugged in and mounted?"),
        (["--config", "no.toml"], "no.toml: No such file or directory"),
    ],
)
def test_a_copy_that_cannot_be_made_gives_one_line(hallway, command, words, why):
    status, lines, complaint = command("backup", *words)
    assert (status, lines, complaint.count("\n")) == (2, [], 1)
    assert why in complaint


def test_the_folder_may_stand_in_the_brokers_file(hallway, command, stick, tmp_path):
    (tmp_path / "broker.toml").write_text(f'backup_folder = "{stick}"\n')
    assert command("backup", "--config", tmp_path / "broker.toml")[0] == 0
    assert len(list(stick.iterdir())) == 1

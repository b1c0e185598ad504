"""The plug is pulled while a copy of the queue is made, or put in the place of the queue: all of it or nothing."""

import os
import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from broker.store.backup import back_up, check, made
from broker.store.database import open_database
from tests.broker.conftest import Hallway
from tests.proof.power.commands import RecordedCommand
from tests.proof.power.cutting import replayed
from tests.proof.power.promises import rows

CUTS = int(os.environ.get("OKIENKO_CUTS", "600")) // 4
SEED = int(os.environ.get("OKIENKO_SEED", "1"))


@pytest.fixture
def busy_database(tmp_path):
    """Return a database with a day of two hundred tickets, at rest."""
    (tmp_path / "disk").mkdir()
    database = tmp_path / "disk" / "hall.db"
    hallway = Hallway(f"sqlite:///{database}").start()
    for _ in range(200):
        hallway.take()
    hallway.stop()
    return database


@pytest.mark.proof
def test_a_copy_of_the_queue_is_whole_or_not_there_whenever_the_power_goes(busy_database, tmp_path, memory, report):
    url, copies = f"sqlite:///{busy_database}", tmp_path / "copies"
    copies.mkdir()
    older = back_up(url, copies, datetime.now(UTC) - timedelta(hours=1))
    backup = RecordedCommand(("backup", copies, "--database", url, "--keep-days", 30), copies, tmp_path)
    assert replayed(backup, backup.before) == backup.files
    (newer,) = set(backup.files) - {older.name}
    there = 0
    for _, left, _ in backup.disks_after_cuts(memory / "left", CUTS, SEED):
        disk = left / "disk"
        assert (disk / older.name).exists()
        found = [path for path in disk.iterdir() if made(path)]
        assert all(check(path).events == 201 for path in found)
        there += (disk / newer).exists()
        back_up(url, disk, datetime.now(UTC) + timedelta(hours=1))
        assert not list(disk.glob("*.part*"))
    report(f"\n{CUTS} cuts during a backup: the new copy there and whole {there} times, the older one always")
    assert 0 < there < CUTS


@pytest.mark.proof
def test_a_restore_leaves_the_old_queue_or_the_new_one_whenever_the_power_goes(busy_database, tmp_path, memory, report):
    disk, database = busy_database.parent, busy_database
    copy = back_up(f"sqlite:///{database}", tmp_path, datetime.now(UTC))
    with closing(open_database(f"sqlite:///{database}")) as connection:
        connection.exec_driver_sql("DELETE FROM answers")
        connection.commit()
    shutil.rmtree(disk / "hall.db-shm", ignore_errors=True)
    restore = RecordedCommand(("restore", copy, "--database", f"sqlite:///{database}"), disk, tmp_path)
    assert replayed(restore, restore.before) == restore.files
    restored = 0
    for _, left, _ in restore.disks_after_cuts(memory / "left", CUTS, SEED):
        after = left / "disk" / "hall.db"
        with closing(open_database(f"sqlite:///{after}")) as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
        # The old queue has forgotten its answers; the new one knows that it was restored.
        found = check(after).events, len(rows(after, "answers"))
        assert found in ((201, 0), (202, 200))
        restored += found == (202, 200)
    report(f"\n{CUTS} cuts during a restore: the old queue or the new one, the new one {restored} times")
    assert 0 < restored < CUTS

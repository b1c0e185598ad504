"""The queue before an upgrade, and back."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broker.store.database import open_database
from systemd.installer.database import KEPT, database_file, keep_before_upgrade, put_back, schema
from systemd.installer.failure import CannotInstall
from systemd.installer.places import Places
from tests.systemd.installer.queue_files import NEWER_TABLES, change_tables, give, given

NOW = datetime(2026, 11, 23, 10, 15, 0, tzinfo=UTC)
NOBODY = 65534
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has power that a link could lead astray")


def test_the_queue_is_where_the_settings_say(places):
    (places.etc / "broker.toml").write_text('database = "sqlite:////mnt/stick/hall.db"\n')
    assert database_file(places) == places.root / "mnt/stick/hall.db"


def test_settings_that_cannot_be_read_stop_the_upgrade_with_a_line(places):
    (places.etc / "broker.toml").write_text("database = \n")
    with pytest.raises(CannotInstall, match=r"broker\.toml: not TOML"):
        database_file(places)


def test_a_queue_in_use_is_kept_whole_with_what_is_still_in_its_log(places, queue):
    with closing(sqlite3.connect(queue)) as writing:
        writing.execute("PRAGMA journal_mode=WAL")
        give(queue, "D003")
        kept = keep_before_upgrade(places, "0.2.0")
        assert given(kept) == ["D001", "D002", "D003"]
    assert schema(kept) == schema(queue) is not None


def test_after_going_back_the_queue_is_as_it_was_before_the_upgrade(places, queue):
    kept = keep_before_upgrade(places, "0.2.0")
    change_tables(queue)
    with closing(sqlite3.connect(queue)) as newer, newer:
        newer.execute("DELETE FROM events")
    put_back(places, kept, NOW)
    assert given(queue) == ["D001", "D002"]
    open_database(f"sqlite:///{queue}").close()
    assert sorted(path.name for path in places.var.glob("*hall.db*")) == ["hall.db", "hall.db-lock"]


def killed_broker_gives(file, number):
    """Give a ticket as a broker that is killed thereupon: it is in the log beside the file alone."""
    beside = file.with_name("copies")
    beside.mkdir()
    with closing(sqlite3.connect(file)) as writing:
        writing.execute("PRAGMA journal_mode=WAL")
        writing.execute("PRAGMA wal_autocheckpoint=0")
        give(file, number)
        for name in (file.name, f"{file.name}-wal"):
            shutil.copy(file.with_name(name), beside / name)
    for path in beside.iterdir():
        path.replace(file.with_name(path.name))
    beside.rmdir()


def test_a_ticket_that_the_newer_version_gave_is_put_aside_and_not_thrown_away(places, queue):
    kept = keep_before_upgrade(places, "0.2.0")
    change_tables(queue)
    killed_broker_gives(queue, "D003")
    assert queue.with_name("hall.db-wal").stat().st_size > 0
    aside = put_back(places, kept, NOW)
    assert aside == places.before_upgrades / "put-aside-20261123T101500Z.db"
    assert not aside.with_name(f"{aside.name}-wal").exists()
    assert (given(aside), schema(aside)) == (["D001", "D002", "D003"], NEWER_TABLES)
    assert given(queue) == ["D001", "D002"]


def test_a_queue_that_cannot_be_read_is_put_aside_with_its_log(places, queue):
    kept = keep_before_upgrade(places, "0.2.0")
    queue.write_bytes(b"spoilt" * 1000)
    log = queue.with_name("hall.db-wal")
    log.write_bytes(b"perhaps a ticket")
    aside = put_back(places, kept, NOW)
    assert aside.read_bytes() == b"spoilt" * 1000
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"perhaps a ticket"
    assert not log.exists()
    assert given(queue) == ["D001", "D002"]


def test_what_was_put_aside_once_is_never_overwritten(places, queue):
    kept = keep_before_upgrade(places, "0.2.0")
    give(queue, "D003")
    aside = put_back(places, kept, NOW)
    give(queue, "D004")
    with pytest.raises(FileExistsError):
        put_back(places, kept, NOW)
    assert given(aside) == ["D001", "D002", "D003"]
    assert given(queue) == ["D001", "D002", "D004"]


def test_a_queue_on_another_disk_is_put_aside_as_well(places, queue):
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == places.var.stat().st_dev:
        pytest.skip("there is one disk only")
    with tempfile.TemporaryDirectory(dir=memory) as stick:
        there = Path(stick) / "hall.db"
        shutil.move(queue, there)
        queue.symlink_to(there)
        kept = keep_before_upgrade(places, "0.2.0")
        give(queue, "D003")
        aside = put_back(places, kept, NOW)
        assert given(aside) == ["D001", "D002", "D003"]
        assert given(there) == ["D001", "D002"]


@pytest.fixture
def taken_over():
    """A machine whose programs are nobody's, who may plant what nobody likes in /var/lib/okienko."""
    with tempfile.TemporaryDirectory() as folder:
        places = Places(Path(folder))
        places.root.chmod(0o755)
        places.etc.mkdir(parents=True)
        places.var.mkdir(parents=True)
        file = places.var / "hall.db"
        open_database(f"sqlite:///{file}").close()
        give(file, "D001")
        for path in (places.var, *places.var.iterdir()):
            os.chown(path, NOBODY, NOBODY)
        yield places


@only_root
def test_what_is_kept_and_put_back_belongs_to_the_programs_user(taken_over):
    file = taken_over.var / "hall.db"
    kept = keep_before_upgrade(taken_over, "0.2.0")
    aside = put_back(taken_over, kept, NOW)
    for path in (file, kept, aside, taken_over.before_upgrades):
        assert path.stat().st_uid == path.stat().st_gid == NOBODY
        assert path.stat().st_mode & 0o007 == 0 or path == aside
    assert os.geteuid() == 0


@only_root
def test_a_folder_of_the_system_is_not_given_away_to_who_planted_a_link_to_it(taken_over):
    taken_over.before_upgrades.symlink_to(taken_over.etc)
    with pytest.raises((CannotInstall, OSError)):
        keep_before_upgrade(taken_over, "0.2.0")
    assert (taken_over.etc.stat().st_uid, list(taken_over.etc.iterdir())) == (0, [])


@only_root
def test_a_file_of_the_system_is_not_overwritten_through_a_planted_link(taken_over):
    kept = keep_before_upgrade(taken_over, "0.2.0")
    shadow = taken_over.etc / "shadow"
    shadow.write_text("root:*:")
    for name in (".hall.db.back", "before-upgrade/.before-0.2.0.db.fresh"):
        (taken_over.var / name).symlink_to(shadow)
    keep_before_upgrade(taken_over, "0.2.0")
    put_back(taken_over, kept, NOW)
    assert (shadow.read_text(), shadow.stat().st_uid) == ("root:*:", 0)


@only_root
def test_a_database_that_only_root_may_read_is_not_copied_for_others(taken_over):
    secret = taken_over.etc / "secret.db"
    open_database(f"sqlite:///{secret}").close()
    secret.chmod(0o600)
    taken_over.etc.chmod(0o700)
    file = taken_over.var / "hall.db"
    file.unlink()
    file.symlink_to(secret)
    with pytest.raises((CannotInstall, OSError)):
        keep_before_upgrade(taken_over, "0.2.0")
    assert not list(taken_over.var.rglob("before-0.2.0.db"))


def test_a_machine_that_never_had_a_queue_keeps_none(places):
    assert keep_before_upgrade(places, "0.2.0") is None


def test_only_the_last_copies_are_kept(places, queue):
    for at, version in enumerate(("0.2.0", "0.3.0", "0.4.0")):
        os.utime(keep_before_upgrade(places, version), (at, at))
    keep_before_upgrade(places, "0.5.0")
    kept = sorted(path.name for path in places.before_upgrades.iterdir())
    assert kept == ["before-0.4.0.db", "before-0.5.0.db"]
    assert len(kept) == KEPT

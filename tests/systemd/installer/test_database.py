"""The queue before an upgrade, and back."""

import os
import sqlite3
from contextlib import closing

import pytest

from broker.store.database import open_database
from systemd.installer.database import KEPT, database_file, keep_before_upgrade, put_back, schema
from systemd.installer.failure import CannotInstall


def count(file):
    with closing(sqlite3.connect(file)) as database:
        return database.execute("SELECT count(*) FROM devices").fetchone()[0]


def add(file, client):
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("INSERT INTO devices (client, desks) VALUES (?, '[]')", (client,))


@pytest.fixture
def queue(places):
    file = places.var / "hall.db"
    open_database(f"sqlite:///{file}").close()
    add(file, "kiosk-1")
    return file


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
        writing.execute("INSERT INTO devices (client, desks) VALUES ('kiosk-2', '[]')")
        writing.commit()
        kept = keep_before_upgrade(places, "0.2.0")
        assert count(kept) == 2
    assert schema(kept) == schema(queue) is not None


def test_after_going_back_the_queue_is_as_it_was_before_the_upgrade(places, queue):
    kept = keep_before_upgrade(places, "0.2.0")
    with closing(sqlite3.connect(queue)) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.execute("DELETE FROM devices")
    assert schema(queue) == "9999"
    put_back(queue, kept)
    assert count(queue) == 1
    open_database(f"sqlite:///{queue}").close()
    assert sorted(path.name for path in places.var.glob("hall.db*")) == ["hall.db", "hall.db-lock"]


def test_a_machine_that_never_had_a_queue_keeps_none(places):
    assert keep_before_upgrade(places, "0.2.0") is None


def test_only_the_last_copies_are_kept(places, queue):
    for at, version in enumerate(("0.2.0", "0.3.0", "0.4.0")):
        os.utime(keep_before_upgrade(places, version), (at, at))
    keep_before_upgrade(places, "0.5.0")
    kept = sorted(path.name for path in places.before_upgrades.iterdir())
    assert kept == ["before-0.4.0.db", "before-0.5.0.db"]
    assert len(kept) == KEPT

"""Opening the database: what is in force, and the one line where it cannot be opened."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from broker.store.database import BadDatabase, connect_existing, open_database


def value(connection, pragma):
    return connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()


def test_every_commit_is_on_the_disk_before_it_returns(connection):
    assert value(connection, "journal_mode") == "wal"
    assert value(connection, "synchronous") == 2, "FULL"
    assert value(connection, "foreign_keys") == 1
    assert value(connection, "wal_autocheckpoint") == 0


def test_a_transaction_takes_the_write_lock_at_once(connection, url):
    other = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=0)
    with connection.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")


def test_a_desk_waits_longer_than_the_broker_for_a_locked_file(connection, url):
    with connect_existing(url) as beside:
        assert value(beside, "busy_timeout") == 5000
    assert value(connection, "busy_timeout") == 1000


def test_two_brokers_never_share_a_database(connection, url):
    with pytest.raises(BadDatabase, match="in use by another broker"):
        open_database(url)


def test_a_database_is_free_again_when_its_broker_let_go_of_it(url):
    open_database(url).close()
    open_database(url).close()


def test_a_database_is_free_again_when_its_broker_was_killed(tmp_path):
    url = f"sqlite:///{tmp_path / 'hall.db'}"
    program = f"import os; from broker.store.database import open_database as o; c = o({url!r}); os.abort()"
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=30).returncode == -6
    open_database(url).close()


def test_what_a_killed_broker_left_is_synced_before_anybody_reads_it(tmp_path, monkeypatch):
    sync, synced = os.fsync, []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(Path(f"/proc/self/fd/{file}").readlink()) or sync(file))
    for name in ("hall.db", "hall.db-wal"):
        (tmp_path / name).touch()
    open_database(f"sqlite:///{tmp_path / 'hall.db'}").close()
    assert synced == [tmp_path / "hall.db", tmp_path / "hall.db-wal", tmp_path]


@pytest.fixture
def brokers_folder(tmp_path):
    """The folder of the broker's own user, where the test may give it to one, and a file that is not that user's."""
    (tmp_path / "secret").write_text("root's own")
    (tmp_path / "hall").mkdir()
    if os.geteuid() == 0:
        os.chown(tmp_path / "hall", 65534, 65534)
    return tmp_path / "hall"


def test_a_link_in_the_place_of_the_lock_is_refused_and_what_it_leads_to_stays_whose_it_is(brokers_folder):
    secret = brokers_folder.parent / "secret"
    (brokers_folder / "hall.db-lock").symlink_to(secret)
    with pytest.raises(BadDatabase, match=r"hall\.db-lock is a link, and should be a file of the broker's own"):
        open_database(f"sqlite:///{brokers_folder / 'hall.db'}")
    assert secret.stat().st_uid == os.geteuid()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_lock_that_is_somebody_elses_file_by_another_name_is_not_given_away(brokers_folder):
    secret = brokers_folder.parent / "secret"
    os.link(secret, brokers_folder / "hall.db-lock")
    with pytest.raises(BadDatabase, match=r"hall\.db-lock should be a file of the broker's own, with no other name"):
        open_database(f"sqlite:///{brokers_folder / 'hall.db'}")
    assert secret.stat().st_uid == 0


@pytest.mark.parametrize("url", ["", "hall.db", "sqlite://", "sqlite:///:memory:", "postgresql://h/db", "sqlite"])
def test_an_address_that_is_no_file_is_refused(url):
    with pytest.raises(BadDatabase, match=r"should be like sqlite:///hall.db"):
        open_database(url)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "hall.db").write_text("Dear clerk, this is a letter and no database. " * 50)
    for opens in (open_database, connect_existing):
        with pytest.raises(BadDatabase, match="not a database; --database names"):
            opens(f"sqlite:///{tmp_path / 'hall.db'}")


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BadDatabase, match="writable folder"):
        open_database(f"sqlite:///{tmp_path / 'nowhere' / 'hall.db'}")


def test_a_folder_is_no_database(tmp_path):
    with pytest.raises(BadDatabase, match="unable to open"):
        open_database(f"sqlite:///{tmp_path}")


def test_a_folder_that_may_not_be_written_is_refused(tmp_path):
    tmp_path.chmod(0o755)
    for folder in tmp_path.parents[:3]:
        folder.chmod(folder.stat().st_mode | 0o055)
    program = (
        "import os, sys; from broker.store.database import *\n"
        "os.geteuid() or os.setuid(65534)\n"
        f"try: open_database('sqlite:///{tmp_path}/hall.db')\n"
        "except BadDatabase as error: print(error)\n"
    )
    locked = tmp_path if os.geteuid() == 0 else tmp_path.chmod(0o555)
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True)
    assert locked is None or said.stdout.count("\n") == 1
    assert "Permission denied; --database names a file in a writable folder" in said.stdout


def test_a_database_of_a_newer_version_is_left_alone(url, tmp_path):
    open_database(url).close()
    with sqlite3.connect(tmp_path / "hall.db") as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BadDatabase, match=r"'9999'.*a newer version"):
        open_database(url)


def test_a_database_of_another_program_is_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / "hall.db") as other:
        other.execute("CREATE TABLE events (recipe TEXT)")
    with pytest.raises(BadDatabase, match="table events already exists"):
        open_database(f"sqlite:///{tmp_path / 'hall.db'}")
    tables = sqlite3.connect(tmp_path / "hall.db").execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("events",)], "nothing of ours was left behind"


def test_a_database_beside_the_broker_has_to_be_there(url):
    with pytest.raises(BadDatabase, match="does not exist"):
        connect_existing(url)

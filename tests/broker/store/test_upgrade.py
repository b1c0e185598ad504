"""A database of every released version, upgraded by this one: the same hall, all of it or nothing."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from broker.domain.commands import IssueTicket
from broker.domain.hall import Hall
from broker.store import database, migrate
from broker.store.archive import reading
from broker.store.backup import check, copy_of
from broker.store.database import BadDatabase, open_database
from broker.store.devices import registered
from broker.store.log import EventLog, stored_event
from broker.store.tables import SCHEMA
from broker.store.verification import NotChained, verified
from tests.broker.store.conftest import MORNING, OFFICE, Clerk

RELEASED = {path.stem: path for path in (Path(__file__).parent / "released").glob("*.sql")}
FAILING = '''"""Fails after it has changed much."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade():
    op.create_table("half_of_it", sa.Column("id", sa.Integer()))
    op.execute("UPDATE events SET data = '{{}}'")
    op.drop_table("days")
    {failure}
'''


@pytest.fixture(params=RELEASED)
def released(request, url, tmp_path):
    """A database as a released version left it."""
    with sqlite3.connect(tmp_path / "hall.db") as old:
        old.executescript(RELEASED[request.param].read_text(encoding="utf-8"))
        old.execute("PRAGMA journal_mode = WAL")
    old.close()
    return request.param


def hall_in(file):
    """Fold the newest day of a database of any version."""
    query = "SELECT kind, data FROM events WHERE seq >= (SELECT max(first_seq) FROM days) ORDER BY seq"
    rows = sqlite3.connect(file).execute(query).fetchall()
    return Hall(OFFICE).after_all(stored_event(*row) for row in rows)


def test_there_is_a_file_of_every_schema_that_was_released():
    assert "0001" in RELEASED


def test_an_upgraded_database_holds_the_same_hall(released, url, tmp_path):
    before = hall_in(tmp_path / "hall.db")
    assert {t.number: t.status.value for t in [*before.open.values(), *before.ended.values()]}.keys() > {"O001", "D001"}
    connection = open_database(url)
    log = EventLog(connection)
    assert Hall(OFFICE).after_all(log.today()) == before
    assert set(registered(connection)) == {"kiosk-1", "desk-17", "desk-30"}
    assert log.answers_to(["kiosk-1 r14"]) == {"kiosk-1 r14": b"answer 14"}
    connection.close()


def test_an_upgraded_hall_goes_on_and_is_chained_from_then_on(released, url):
    connection = open_database(url)
    log = EventLog(connection)
    clerk = Clerk(Hall(OFFICE).after_all(log.today()), log, asked=1000)
    clerk.does(IssueTicket("fees"), MORNING.replace(day=24, hour=9))
    clerk.does(IssueTicket("fees"), MORNING.replace(day=24, hour=9))
    with reading(url) as driver:
        verdict = verified(driver)
    assert (verdict.broken, verdict.start.reason) == (None, "upgrade")
    assert verdict.start.seq == verdict.last.seq - 2
    connection.exec_driver_sql("UPDATE events SET data = '{}' WHERE seq = (SELECT max(seq) FROM events)")
    connection.commit()
    with reading(url) as driver:
        assert verified(driver).broken.what == "changed"
    connection.close()


def test_the_file_is_kept_beside_as_it_was_before_the_upgrade(released, url, tmp_path):
    before = hall_in(tmp_path / "hall.db")
    open_database(url).close()
    copy = tmp_path / f"hall.db.before-upgrade-from-{released}"
    assert hall_in(copy) == before
    assert sqlite3.connect(copy).execute("SELECT version_num FROM alembic_version").fetchone() == (released,)
    assert check(copy) is None, "older than the chain, and restorable"


def test_a_log_of_before_the_chain_is_said_to_have_none(released, url):
    with pytest.raises(NotChained, match="the broker's next start upgrades it"), reading(url) as driver:
        verified(driver)


def test_a_new_database_is_made_without_a_copy_of_nothing(url, tmp_path):
    open_database(url).close()
    assert not list(tmp_path.glob("hall.db.*"))


@pytest.mark.parametrize("failure", ["op.execute('SELECT no_such_function()')", "raise RuntimeError('half way')"])
def test_an_upgrade_that_fails_half_way_leaves_everything_as_it_was(url, tmp_path, monkeypatch, failure):
    connection = open_database(url)
    clerk = Clerk(Hall(OFFICE), EventLog(connection))
    clerk.has_a_day()
    connection.close()
    with sqlite3.connect(tmp_path / "hall.db") as before:
        dump = list(before.iterdump())
    scripts = shutil.copytree(migrate._SCRIPTS, tmp_path / "migrations")
    (scripts / "versions" / "9999_failing.py").write_text(FAILING.format(before=SCHEMA, failure=failure))
    with monkeypatch.context() as newer:
        newer.setattr(migrate, "_SCRIPTS", scripts)
        newer.setattr(database, "SCHEMA", "9999")
        with pytest.raises(
            BadDatabase, match=f"its tables '{SCHEMA}' could not be brought up to date, and are as they"
        ):
            open_database(url)
    with sqlite3.connect(tmp_path / "hall.db") as after:
        assert list(after.iterdump()) == dump
    connection = open_database(url)
    assert Hall(OFFICE).after_all(EventLog(connection).today()) == clerk.hall
    connection.close()


def test_without_room_for_the_copy_nothing_is_upgraded(released, url, tmp_path):
    (tmp_path / f"hall.db.before-upgrade-from-{released}.part").mkdir()
    with pytest.raises(BadDatabase, match="could not be brought up to date, and are as they were"):
        open_database(url)
    query = "SELECT version_num FROM alembic_version"
    assert sqlite3.connect(tmp_path / "hall.db").execute(query).fetchone() == (released,)


def test_a_backup_of_an_older_version_is_a_database_for_this_one(released, url, tmp_path):
    copy_of(tmp_path / "hall.db", tmp_path / "copy.db")
    connection = open_database(f"sqlite:///{tmp_path / 'copy.db'}")
    assert Hall(OFFICE).after_all(EventLog(connection).today()) == hall_in(tmp_path / "hall.db")
    connection.close()

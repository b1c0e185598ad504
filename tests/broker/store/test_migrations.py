"""The migrations lead to the tables that the code writes to, and cost nothing where none is due."""

import subprocess
import sys

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from broker.store import tables
from broker.store.migrate import alembic_config, upgrade


def test_the_newest_migration_is_the_schema_that_the_code_knows(connection):
    assert ScriptDirectory.from_config(alembic_config(connection)).get_heads() == [tables.SCHEMA]


def test_the_migrations_make_the_tables_that_the_code_writes_to(connection):
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    assert compare_metadata(context, tables.metadata) == []


def test_the_migrations_make_every_table_exactly_as_it_is_written_down(connection):
    from sqlalchemy import create_engine

    fresh = create_engine("sqlite://")
    tables.metadata.create_all(fresh)

    def schema(bind):
        rows = bind.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE name != 'alembic_version'")
        return {name: sorted(" ".join(sql.split()).split(", ")) for name, sql in rows if sql}

    with fresh.connect() as written:
        assert schema(connection) == schema(written)


def test_a_migration_that_was_applied_changes_nothing_when_it_is_applied_again(connection):
    before = connection.exec_driver_sql("SELECT sql FROM sqlite_master").all()
    connection.rollback()
    upgrade(connection)
    assert connection.exec_driver_sql("SELECT sql FROM sqlite_master").all() == before


def test_a_start_loads_neither_alembic_nor_the_mapper(url, connection):
    program = "import sys; from broker.store import database, devices, log\n"
    program += "print(sorted({'alembic', 'sqlalchemy.orm'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=30)
    assert said.stdout.strip() == "[]"


def test_the_second_start_loads_no_alembic(tmp_path):
    program = "import sys; from broker.store.database import open_database as o\n"
    program += f"o('sqlite:///{tmp_path / 'hall.db'}'); print('alembic' in sys.modules)"
    words = [sys.executable, "-c", program]
    said = [subprocess.run(words, capture_output=True, text=True, check=True, timeout=30).stdout for _ in range(2)]
    assert said == ["True\n", "False\n"]

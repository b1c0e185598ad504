"""Writes into a queue's file, and reads it, as the broker of some version does."""

import shlex
import sqlite3
import sys
from contextlib import closing

NEWER_TABLES = "9999"


def give(file, *numbers):
    """Give tickets."""
    with closing(sqlite3.connect(file)) as database, database:
        for number in numbers:
            database.execute("INSERT INTO events (day, kind, data) VALUES ('2026-11-23', 'TicketIssued', ?)", (number,))


def given(file):
    """Return the tickets that were given."""
    with closing(sqlite3.connect(file)) as database:
        return [number for (number,) in database.execute("SELECT data FROM events ORDER BY seq")]


def change_tables(file):
    """Bring the tables to those of a version that is still to come."""
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = ?", (NEWER_TABLES,))


def command_that_changes(file, number):
    """Return the words of a shell that change the tables and give a ticket."""
    changes = f"""
import sqlite3
database = sqlite3.connect({str(file)!r})
database.execute("UPDATE alembic_version SET version_num = '{NEWER_TABLES}'")
database.execute("INSERT INTO events (day, kind, data) VALUES ('2026-11-23', 'TicketIssued', '{number}')")
database.commit()
"""
    return shlex.join([sys.executable, "-c", changes])

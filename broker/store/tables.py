"""The tables of the database. A change here needs a migration in `migrations/versions`."""

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text

# The newest migration; alembic is not even imported where the database already has it.
SCHEMA = "0003"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

# The truth. Rows are only ever added, in the order in which things happened; `hash` chains each to the one before
# (chain.py). What is older than the office keeps goes, from the oldest on (retention.py).
events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("day", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("client", Text),
    Column("request_id", Text),
    Column("hash", LargeBinary),
)

# The event after which the chain starts, and its hash: one row where older events were stored before there was a chain
# (`reason` is "upgrade"), or are gone ("retention"); none where it starts with the first event.
chain_start = Table(
    "chain_start",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_at", Text, nullable=False),
)

# Where each business day begins in the log, so that a start never searches through years.
days = Table(
    "days",
    metadata,
    Column("day", Text, primary_key=True),
    Column("first_seq", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# What was answered to each request, for a client that asks again; `request_id` is the client and its id (log.py).
answers = Table(
    "answers",
    metadata,
    Column("request_id", Text, primary_key=True),
    Column("day", Text, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# A projection: every ticket as it stands, written with its events; can be rebuilt from them.
tickets = Table(
    "tickets",
    metadata,
    Column("day", Text, primary_key=True),
    Column("order", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("priority", Text),
    Column("status", Text, nullable=False),
    Column("desk", Text),
    Column("issued_at", Text, nullable=False),
    Column("called_at", Text),
    Column("started_at", Text),
    Column("ended_at", Text),
    Column("recalls", Integer, nullable=False),
    Column("printed", Text),
    sqlite_with_rowid=False,
)

# The devices that may speak; while there is none, every client may.
devices = Table(
    "devices",
    metadata,
    Column("client", Text, primary_key=True),
    Column("desks", Text, nullable=False),
    sqlite_with_rowid=False,
)

# The booked visits: a code, and nobody's name. `day` is the business day of `booked_at`, `number` that of the ticket
# which was given for the code.
bookings = Table(
    "bookings",
    metadata,
    Column("code", Text, primary_key=True),
    Column("day", Text, nullable=False),
    Column("booked_at", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("minutes", Integer),
    Column("number", Text),
    sqlite_with_rowid=False,
)

# What remains of days older than the office keeps. The two last are JSON: how many residents by whole minutes.
statistics = Table(
    "statistics",
    metadata,
    Column("day", Text, primary_key=True),
    Column("category", Text, primary_key=True),
    Column("issued", Integer, nullable=False),
    Column("served", Integer, nullable=False),
    Column("no_show", Integer, nullable=False),
    Column("cancelled", Integer, nullable=False),
    Column("closed", Integer, nullable=False),
    Column("waited_minutes", Text, nullable=False),
    Column("service_minutes", Text, nullable=False),
    sqlite_with_rowid=False,
)

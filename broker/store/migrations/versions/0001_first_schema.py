"""The first schema: the event log, its days, the answers, the tickets and the devices."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "events",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("client", sa.Text()),
        sa.Column("request_id", sa.Text()),
        sa.PrimaryKeyConstraint("seq", name="pk_events"),
    )
    op.create_table(
        "days",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_days"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answers",
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("request_id", name="pk_answers"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tickets",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text()),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.Column("called_at", sa.Text()),
        sa.Column("started_at", sa.Text()),
        sa.Column("ended_at", sa.Text()),
        sa.Column("recalls", sa.Integer(), nullable=False),
        sa.Column("printed", sa.Text()),
        sa.PrimaryKeyConstraint("day", "order", name="pk_tickets"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "devices",
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("desks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("client", name="pk_devices"),
        sqlite_with_rowid=False,
    )

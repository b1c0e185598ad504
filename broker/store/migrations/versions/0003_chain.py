"""The chain of the log, where it starts, and the statistics that remain of old days."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the chain start behind what was stored before it; years of events are not written anew."""
    op.add_column("events", sa.Column("hash", sa.LargeBinary()))
    op.create_table(
        "chain_start",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_chain_start"),
    )
    op.create_table(
        "statistics",
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("served", sa.Integer(), nullable=False),
        sa.Column("no_show", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.Column("waited_minutes", sa.Text(), nullable=False),
        sa.Column("service_minutes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", "category", name="pk_statistics"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO chain_start SELECT seq, zeroblob(32), 'upgrade', strftime('%Y-%m-%dT%H:%M:%SZ', 'now') "
        "FROM events ORDER BY seq DESC LIMIT 1"
    )

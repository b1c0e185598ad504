"""The booked visits."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "bookings",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("booked_at", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer()),
        sa.Column("number", sa.Text()),
        sa.PrimaryKeyConstraint("code", name="pk_bookings"),
        sqlite_with_rowid=False,
    )

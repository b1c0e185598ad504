"""What the broker's database holds at the end of a rehearsal."""

from sqlalchemy import select

from broker.store.database import connect_existing
from broker.store.tables import tickets


def stored_numbers(url: str) -> list[str]:
    """Return the number of every ticket in the database, in the order in which they were given."""
    with connect_existing(url) as connection:
        return list(connection.execute(select(tickets.c.number).order_by(tickets.c.order)).scalars())

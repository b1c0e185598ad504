"""What the broker's database holds at the end of a rehearsal."""

from sqlalchemy import select

from broker.store.database import connect_existing
from broker.store.tables import tickets


def stored_tickets(url: str) -> list[tuple[str, str]]:
    """Return number and status of every ticket in the database, in the order in which they were given."""
    with connect_existing(url) as connection:
        rows = connection.execute(select(tickets.c.number, tickets.c.status).order_by(tickets.c.order))
        return [(number, status) for number, status in rows]

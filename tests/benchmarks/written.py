"""Bytes that the broker has the card write for each ticket, in a life from the tap to the end of the service."""

import time
import uuid
from pathlib import Path

from .card import Card
from .figure import Figure
from .history import make_history
from .office import Office, running_office

TICKETS = 1_000
HISTORY = 30_000
TODAY = 100  # half of them called
MOST_KB = 96.0
MOST_STORED_KB = 4.0


def figures(card: Card) -> list[Figure]:
    """Return kilobytes written and kilobytes stored for each ticket, over the goals for them."""
    database = card.folder / "hall.db"
    make_history(database, HISTORY, today=TODAY)
    with running_office(card, database) as office:
        before, size = _written(office.pid), _size(database)
        office.request_id = lambda: uuid.uuid4().hex  # as the devices make them: in no order
        _residents(office)
        time.sleep(8)  # the broker moves its write-ahead log into the database when all is quiet
        written, stored = _written(office.pid) - before, _size(database) - size
    written_kb, stored_kb = written / TICKETS / 1024, stored / TICKETS / 1024
    life = f"{TICKETS} tickets, each asked for, printed, called and shown"
    return [
        Figure("card: kB written for each ticket", written_kb, MOST_KB, life),
        Figure("card: kB that the database grows by for each ticket", stored_kb, MOST_STORED_KB, life),
    ]


def _residents(office: Office) -> None:
    """Let residents come one after the other, each called to the desk and announced."""
    desk = office.client("bench")
    office.ask(desk, "bench", "open", desk="26")
    for call in range(TODAY // 2 + 1, TODAY // 2 + 1 + TICKETS):
        number = office.ask(desk, "bench", "ticket", category="id-cards", language="pl")["ticket"]["number"]
        office.ask(desk, "bench", "printed", number=number, result="printed")
        office.ask(desk, "bench", "next", desk="26")
        office.ask(desk, "bench", "shown", call=call)
    desk.close()


def _written(pid: int) -> int:
    """Return the bytes that a process has had written to a disk."""
    lines = Path(f"/proc/{pid}/io").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("write_bytes"))


def _size(database: Path) -> int:
    return database.stat().st_size

"""From the start of the broker to its first ticket, with a million tickets behind it and five thousand of today."""

import time
from statistics import median

from broker.mosquitto import PrivateMosquitto

from .card import Card
from .figure import Figure
from .history import make_history
from .idle import bare_start_s
from .office import Office, resident_mb

HISTORY = 1_000_000
TODAY = 5_000
STARTS = 7
MOST_S = 1.0


def figures(card: Card) -> list[Figure]:
    """Return the start over that of a bare Python with the same libraries, in turn; the goal is one second."""
    database = card.folder / "million.db"
    make_history(database, HISTORY, today=TODAY)
    mosquitto = PrivateMosquitto()
    mosquitto.start()
    office = Office(card, database, mosquitto)
    took, bare = [], []
    for _ in range(STARTS):
        start = time.perf_counter()
        office.start()
        office.wait_until_it_answers()
        took.append(time.perf_counter() - start)
        memory_mb = resident_mb(office.pid)
        office.kill()
        bare.append(bare_start_s())
    mosquitto.stop()
    compared = f"{median(took):.2f} s / {median(bare):.2f} s of a bare start"
    name = f"start to first ticket, {HISTORY:,} tickets behind, {TODAY:,} today"
    return [
        Figure(name, median(took) / median(bare), MOST_S / median(bare), compared),
        Figure("memory of the broker then, MB over 60 MB", memory_mb / 60, 1, f"{memory_mb:.0f} MB"),
    ]

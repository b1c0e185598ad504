"""Press to wall while a copy of the queue is made beside the broker, against the same hall in peace."""

import shutil
import subprocess
import sys
import time
from statistics import median, quantiles

from .card import Card
from .figure import Figure
from .history import make_history
from .office import BOARD, ROOT, Office, running_office
from .press_to_wall import press

HISTORY = 30_000
TODAY = 200
COPIES = 4
PRESSES = 300
CLERK = "bench"  # who sits at desk 26 of the history


def figures(cards: dict[str, Card]) -> list[Figure]:
    """Return p50 and p99 during copies over those between them, on each card."""
    found = []
    for name, card in cards.items():
        database = card.folder / "hall.db"
        make_history(database, HISTORY, today=TODAY)
        with running_office(card, database) as office:
            quiet, busy, took_s = _in_turn(office)
        size = database.stat().st_size / 1e6
        beside = f"{len(busy)} presses beside {COPIES} copies of {size:.0f} MB, {took_s:.0f} s each"
        for what, of in (("p50", median), ("p99", _p99)):
            compared = f"{of(busy) * 1e3:.2f} / {of(quiet) * 1e3:.2f} ms in peace; {beside}"
            found.append(Figure(f"press to wall during a backup, {what}, {name}", of(busy) / of(quiet), 2.0, compared))
    return found


def _in_turn(office: Office) -> tuple[list[float], list[float], float]:
    """Press in peace and beside a copy, again and again; seconds of each, and seconds that a copy took."""
    desk = office.client(CLERK)
    wall = office.client("wall-backup", BOARD)
    office.ask(desk, CLERK, "open", desk="26")
    wall.drain(0.3)
    quiet: list[float] = []
    busy: list[float] = []
    took = []
    for _ in range(COPIES):
        quiet += [_one(office, desk, wall) for _ in range(PRESSES // COPIES)]
        copies = _copying(office)
        began = time.monotonic()
        while copies.poll() is None:
            busy.append(_one(office, desk, wall))
        took.append(time.monotonic() - began)
        assert copies.returncode == 0, copies.stderr and copies.stderr.read()
    return quiet, busy, median(took)


def _one(office: Office, desk, wall) -> float:
    office.ask(desk, CLERK, "ticket", category="id-cards")
    wall.drain(0.05)
    seconds = press(office, desk, CLERK, wall)
    wall.drain(0.05)
    return seconds


def _copying(office: Office) -> subprocess.Popen:
    folder = office.card.folder / "backup"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    words = ["nice", "-n", "15", sys.executable, "-m", "broker", "backup", str(folder)]
    return subprocess.Popen(
        [*words, "--database", f"sqlite:///{office.database}"],
        cwd=ROOT,
        env=office.card.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _p99(values: list[float]) -> float:
    return quantiles(values, n=100)[98]

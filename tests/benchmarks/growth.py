"""Whether years of history slow the hall down: 1,000, 30,000 and 1,000,000 tickets, asked in turn."""

import time
from dataclasses import replace
from math import log
from pathlib import Path
from statistics import median

from broker.domain.hall import Hall
from broker.domain.office_file import office_from_toml
from broker.mosquitto import PrivateMosquitto
from broker.settings import SAMPLE_OFFICE
from broker.store.database import open_database
from broker.store.log import EventLog
from broker.translate import View

from .card import Card
from .figure import Figure
from .history import make_history
from .office import Office, cpu_s

HISTORIES = (1_000, 30_000, 1_000_000)
MOST_EXPONENT = 0.02
TODAY = 200
ROUNDS = 300
STARTS = 7

Samples = dict[int, list[float]]


def figures(cards: dict[str, Card]) -> list[Figure]:
    """Return the exponent of time and CPU over history, for ticket, next, snapshot and start, on each card."""
    return [replace(f, name=f"{f.name}, {name}") for name, card in cards.items() for f in _on(card)]


def _on(card: Card) -> list[Figure]:
    databases = {tickets: card.folder / f"{tickets}.db" for tickets in HISTORIES}
    for tickets, path in databases.items():
        make_history(path, tickets, today=TODAY)
    found = _snapshots(databases)
    mosquittos = [PrivateMosquitto() for _ in databases]
    for mosquitto in mosquittos:
        mosquitto.start()
    offices = {n: Office(card, path, m) for (n, path), m in zip(databases.items(), mosquittos, strict=True)}
    found += _starts(offices)
    for office in offices.values():
        office.start()
        office.wait_until_it_answers()
    found += _requests(offices)
    for office in offices.values():
        office.stop()
        office.mosquitto.stop()
    return found


def _requests(offices: dict[int, Office]) -> list[Figure]:
    """Ask every office in turn for a ticket and then for the next one."""
    took: dict[str, Samples] = {verb: {tickets: [] for tickets in offices} for verb in ("ticket", "next")}
    used: dict[str, Samples] = {verb: {tickets: [] for tickets in offices} for verb in ("ticket", "next")}
    clients = {tickets: office.client("desk-bench") for tickets, office in offices.items()}
    for tickets, office in offices.items():
        office.ask(clients[tickets], "desk-bench", "open", desk="27")
    for _ in range(ROUNDS):
        for verb, fields in (("ticket", {"category": "id-cards"}), ("next", {"desk": "27"})):
            for tickets, office in offices.items():
                cpu, start = cpu_s(office.pid), time.perf_counter()
                office.ask(clients[tickets], "desk-bench", verb, **fields)
                took[verb][tickets].append(time.perf_counter() - start)
                time.sleep(0.003)
                used[verb][tickets].append(cpu_s(office.pid) - cpu)
    return [
        figure
        for verb in ("ticket", "next")
        for figure in (_figure(f"{verb}, time", took[verb]), _figure(f"{verb}, CPU", used[verb]))
    ]


def _snapshots(databases: dict[int, Path]) -> list[Figure]:
    """Fold each day and draw all of its state topics."""
    office = office_from_toml(SAMPLE_OFFICE.read_text(), "sample")
    halls = {}
    for tickets, path in databases.items():
        connection = open_database(f"sqlite:///{path}")
        halls[tickets] = Hall(office).after_all(EventLog(connection).today())
        connection.close()
    took: Samples = {tickets: [] for tickets in halls}
    for _ in range(ROUNDS):
        for tickets, hall in halls.items():
            start = time.process_time()
            view = View(hall)
            view.board()
            for desk in office.desks:
                view.desk_state(desk)
            took[tickets].append(time.process_time() - start)
    return [_figure("snapshot, CPU", took)]


def _starts(offices: dict[int, Office]) -> list[Figure]:
    """Start every office in turn, until it answers."""
    took: Samples = {tickets: [] for tickets in offices}
    used: Samples = {tickets: [] for tickets in offices}
    for _ in range(STARTS):
        for tickets, office in offices.items():
            start = time.perf_counter()
            office.start()
            office.wait_until_it_answers()
            took[tickets].append(time.perf_counter() - start)
            used[tickets].append(cpu_s(office.pid))
            office.stop()
    return [_figure("start, time", took), _figure("start, CPU", used)]


def _figure(what: str, samples: Samples) -> Figure:
    """Fit a power law to the medians: the exponent is the slope of log time over log history."""
    points = [(log(tickets), log(median(values))) for tickets, values in samples.items()]
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    slope = sum((x - middle_x) * (y - middle_y) for x, y in points) / sum((x - middle_x) ** 2 for x, _ in points)
    compared = " / ".join(f"{median(values) * 1e3:.2f}" for values in samples.values()) + " ms"
    return Figure(f"growth of {what}: exponent over 1,000 / 30,000 / 1,000,000 tickets", slope, MOST_EXPONENT, compared)

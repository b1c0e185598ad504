"""From the desk's `next` to the new board on the wall, against one sync and two trips through a bare Mosquitto."""

import json
import subprocess
import sys
import time
from statistics import median, quantiles

from .card import Card
from .figure import Figure
from .office import BOARD, ROOT, Office, running_office

ROUNDS = 200
WAITING = 40
GOALS = {"slow card": 1.3, "fast disk": 6.0}


def figures(cards: dict[str, Card]) -> list[Figure]:
    """Return p50 over the floor, and p99 over p50, with 1 and with 50 walls, on each card."""
    found = []
    for name, card in cards.items():
        with running_office(card) as office:
            for walls in (1, 50):
                presses, floor = measure(office, walls, f"{name.split()[0]}-{walls}")
                where = f"{name}, {walls} wall{'s' if walls > 1 else ''}"
                ratio = median(presses) / median(floor)
                compared = f"{median(presses) * 1e3:.2f} ms / floor {median(floor) * 1e3:.2f} ms"
                found.append(Figure(f"press to wall, p50, {where}", ratio, GOALS[name], compared))
                p99 = quantiles(presses, n=100)[98]
                compared = f"{p99 * 1e3:.2f} ms / {median(presses) * 1e3:.2f} ms"
                found.append(Figure(f"press to wall, p99 over p50, {where}", p99 / median(presses), 3.0, compared))
    return found


def measure(office: Office, walls: int, tag: str) -> tuple[list[float], list[float]]:
    """Press and take the floor in turn; seconds of each."""
    others = [_walls(office, walls - 1, topic) for topic in (BOARD, f"floor/{tag}")] if walls > 1 else []
    desk_name = f"desk-{tag}"
    desk = office.client(desk_name)
    wall = office.client(f"wall-{tag}", BOARD)
    floor_wall = office.client(f"floor-{tag}", f"floor/{tag}", f"request/{tag}")
    office.ask(desk, desk_name, "open", desk="26")
    board = _fill(office, desk, desk_name)
    wall.drain(0.3)
    presses, floor = [], []
    for _ in range(ROUNDS):
        office.ask(desk, desk_name, "ticket", category="id-cards")
        wall.drain(0.08)
        presses.append(press(office, desk, desk_name, wall))
        wall.drain(0.08)
        floor.append(_floor(office, floor_wall, tag, board))
    office.ask(desk, desk_name, "close", desk="26")
    for process in others:
        process.terminate()
        process.wait()
    for client in (desk, wall, floor_wall):
        client.close()
    return presses, floor


def _fill(office: Office, desk, desk_name: str) -> bytes:
    """Let a hall full of residents wait, and return a board."""
    for _ in range(WAITING):
        office.ask(desk, desk_name, "ticket", category="id-cards")
    watcher = office.client(f"watcher-{desk_name}", BOARD)
    board = watcher.receive_on(BOARD)
    watcher.close()
    return board


def press(office: Office, desk, desk_name: str, wall) -> float:
    """Press `next`, and return how many seconds later the wall has the new board."""
    request = json.dumps({"request_id": office.request_id(), "desk": "26"}).encode()
    start = time.perf_counter()
    desk.publish(f"okienko/request/{desk_name}/next", request)
    wall.receive_on(BOARD)
    took = time.perf_counter() - start
    desk.receive_on(f"okienko/reply/{desk_name}")
    return took


def _floor(office: Office, client, tag: str, board: bytes) -> float:
    """One request through Mosquitto, one sync, one board through Mosquitto to as many walls."""
    start = time.perf_counter()
    client.publish(f"request/{tag}", b"x" * 80)
    client.receive_on(f"request/{tag}")
    office.card.write_and_sync()
    client.publish(f"floor/{tag}", board)
    client.receive_on(f"floor/{tag}")
    return time.perf_counter() - start


def _walls(office: Office, count: int, topic: str) -> subprocess.Popen:
    """Start a process with `count` walls that read and acknowledge."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.walls", str(office.mosquitto.port), str(count), topic],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    process.stdout.readline()
    return process

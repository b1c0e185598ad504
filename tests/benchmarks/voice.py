"""From a call on the board to the first sound at the player: of calls that could be expected, and of others."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Self

from msgspec.structs import replace

from broker.contract import topics
from broker.contract.bus import Bus, Server
from broker.contract.messages import encode
from broker.mosquitto import PrivateMosquitto
from tests.builders import board, call, menu
from tests.clients import eventually

from .card import Card
from .figure import Figure
from .office import ROOT

CALLS = 15
GOAL_MS = 300


def figures(card: Card) -> list[Figure]:
    """Return how soon each kind of call is heard, as a share of 300 ms."""
    with _office() as hall, _Player(card.folder) as player, _wall(card, hall.url, player):
        hall.call("D000", "26")
        player.heard()
        time.sleep(3)  # all desks and the next numbers are rendered
        expected, surprising = [], []
        for number in range(1, CALLS + 1):
            expected.append(_call_to_sound(hall, player, f"D{number:03}", "26"))
            time.sleep(0.5)
            surprising.append(_call_to_sound(hall, player, f"{'ABCEFGHIJKLMNOPR'[number]}{number * 37:03}", "31"))
            time.sleep(0.5)
    return [
        Figure("voice: a call that could be expected", median(expected) / GOAL_MS, 1.0, _compared(expected)),
        Figure("voice: the slowest of them", max(expected) / GOAL_MS, 1.0, _compared([max(expected)])),
        Figure("voice: any other call", median(surprising) / GOAL_MS, 1.0, _compared(surprising)),
    ]


def _compared(taken: list[float]) -> str:
    return f"{median(taken):.0f} / {GOAL_MS} ms from the board to the player, slow card"


class _Hall:
    """A broker that only publishes boards."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._bus = Bus(Server.from_url(url), topics.BROKER, "benchmark")
        self._bus.start()
        assert eventually(lambda: self._bus.linked)
        self._bus.publish(topics.MENU, encode(menu()), retain=True)
        self._calls = []

    def call(self, number: str, desk: str) -> None:
        fresh = replace(call(number, desk, len(self._calls) + 1), called_at=datetime.now(UTC))
        self._calls.insert(0, fresh)
        payload = encode(board(*self._calls[:12], seq=len(self._calls)))
        self._bus.publish(topics.BOARD, payload, retain=True)

    def stop(self) -> None:
        self._bus.stop()


class _Player:
    """Stands for aplay: says into a pipe that it was started."""

    def __init__(self, folder: Path) -> None:
        self.program, pipe = folder / "player", folder / "pipe"
        os.mkfifo(pipe)
        self.program.write_text(f"#!/bin/sh\necho > {pipe}\n")
        self.program.chmod(0o755)
        self._pipe = os.open(pipe, os.O_RDWR)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        os.close(self._pipe)

    def heard(self) -> None:
        os.read(self._pipe, 1)


@contextmanager
def _office():
    mosquitto = PrivateMosquitto()
    mosquitto.start()
    hall = _Hall(mosquitto.url)
    try:
        yield hall
    finally:
        hall.stop()
        mosquitto.stop()


@contextmanager
def _wall(card: Card, url: str, player: _Player):
    environment = card.environment | {"SDL_VIDEODRIVER": "offscreen", "LIBGL_ALWAYS_SOFTWARE": "1"}
    environment.pop("DISPLAY", None)
    command = [sys.executable, "-m", "display", "--mqtt", url, "--player", str(player.program), "--reading-s", "0.1"]
    command += ["--state", str(card.folder), "--width", "1920", "--height", "1080"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, **quiet)
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


def _call_to_sound(hall: _Hall, player: _Player, number: str, desk: str) -> float:
    """Call a number; milliseconds until the player was started."""
    began = time.monotonic()
    hall.call(number, desk)
    player.heard()
    return (time.monotonic() - began) * 1e3

"""Start to first picture, memory and idle CPU of kiosk and display, over a Kivy window with one word in it."""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from .card import Card
from .figure import Figure
from .office import ROOT, cpu_s, resident_mb, running_office

STARTS = 3
SETTLED_S = 4
WATCHED_S = 10


def figures(card: Card) -> list[Figure]:
    """Return the three figures of each program, each over the bare window's, started in turn."""
    with running_office(card) as office:
        programs = {
            "bare": lambda folder: [sys.executable, "-m", "tests.benchmarks.bare_window", str(folder)],
            "kiosk": lambda folder: [
                *(sys.executable, "-m", "kiosk", "--mqtt", office.mosquitto.url, "--id", "kiosk-bench"),
                *("--printer", f"dummy:{folder}/tickets", "--width", "1080", "--height", "1920"),
                *("--pictures", str(folder)),
            ],
            "display": lambda folder: [
                *(sys.executable, "-m", "display", "--mqtt", office.mosquitto.url, "--id", "display-bench"),
                *("--width", "1920", "--height", "1080", "--state", str(folder), "--pictures", str(folder)),
            ],
            "wall": lambda folder: [sys.executable, "-m", "tests.benchmarks.redrawn_wall", str(folder)],
        }
        taken = {name: [] for name in programs}
        for turn in range(STARTS):
            for name, program in programs.items():
                folder = card.folder / f"{name}-{turn}"
                folder.mkdir()
                taken[name].append(_watch(program(folder), folder))
    figures = [figure for name in ("kiosk", "display") for figure in _over_bare(name, taken)]
    return [*figures, _over_redrawn("display", "wall", taken)]


def _watch(program: list[str], folder: Path) -> tuple[float, float, float]:
    """Return seconds to the first picture, megabytes, and milliseconds of CPU per idle second."""
    environment = {**os.environ, "SDL_VIDEODRIVER": "offscreen", "LIBGL_ALWAYS_SOFTWARE": "1"}
    environment.pop("DISPLAY", None)
    start = time.monotonic()
    process = subprocess.Popen(program, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not any(folder.glob("*.png")):
            if process.poll() is not None or time.monotonic() - start > 60:
                raise TimeoutError(f"no picture from {program[:3]}")
            time.sleep(0.005)
        first = time.monotonic() - start
        time.sleep(SETTLED_S)
        before, watched = cpu_s(process.pid), time.monotonic()
        time.sleep(WATCHED_S)
        idle = (cpu_s(process.pid) - before) * 1e3 / (time.monotonic() - watched)
        return first, resident_mb(process.pid), idle
    finally:
        process.terminate()
        process.wait(20)


def _over_redrawn(name: str, redrawn: str, taken: dict[str, list[tuple[float, float, float]]]) -> Figure:
    """Return the idle CPU over that of the same screen drawn 60 times a second."""
    mine, always = (median(sample[2] for sample in taken[which]) for which in (name, redrawn))
    memory = median(sample[1] for sample in taken[name])
    compared = f"{mine:.1f} / {always:.1f} ms a second; {memory:.0f} MB"
    return Figure(f"{name}: idle CPU over the same window redrawn 60 times a second", mine / always, 0.05, compared)


def _over_bare(name: str, taken: dict[str, list[tuple[float, float, float]]]) -> list[Figure]:
    units = (("start to first picture", "s", 4.0), ("memory", "MB", 1.5), ("idle CPU", "ms a second", 2.0))
    found = []
    for index, (what, unit, goal) in enumerate(units):
        mine, bare = (median(sample[index] for sample in taken[which]) for which in (name, "bare"))
        compared = f"{mine:.2f} / {bare:.2f} {unit} of a bare window"
        found.append(Figure(f"{name}: {what}", mine / bare, goal, compared))
    return found

"""What a kiosk costs while nobody touches it, on its first screen and under the office's messages."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from broker.contract import topics
from broker.contract.bus import Bus, Server
from broker.contract.messages import Health

from .card import Card
from .figure import Figure
from .office import ROOT, cpu_s, resident_mb, running_office

TURNS = 3
SETTLED_S = 6
WATCHED_S = 20  # two messages of the office
FRAMES_A_SECOND = 60
GOAL = 0.05
CLIENT = "kiosk-bench"
MESSAGES = 'messages = [{ pl = "Kasa czynna do 13:00." }, { pl = "W piątek urząd jest nieczynny." }]\n'


def figures(card: Card) -> list[Figure]:
    """Return the idle CPU of both, each over that of 60 frames of the same window, taken in turn.

    A busy machine draws fewer frames in a second: so it is what one of them costs, times sixty.
    """
    config, frames = card.folder / "kiosk.toml", card.folder / "frames"
    config.write_text(MESSAGES, encoding="utf-8")
    idle, redrawn = {"on its first screen": [], "under the office's messages": []}, []
    with running_office(card) as office:
        watcher = Bus(Server.from_url(office.mosquitto.url), "bench-watcher", "bench")
        heard: list[str] = []
        watcher.watch(topics.health(CLIENT), Health, lambda health: heard.append(health.status))
        watcher.start()
        for _ in range(TURNS):
            for name, attract_s in zip(idle, ("0", "1"), strict=True):
                heard.clear()
                program = _kiosk(office.mosquitto.url, card.folder, config, attract_s)
                idle[name].append(_watch(program, lambda: "up" in heard or "degraded" in heard))
            redrawn.append(_frame_ms(frames))
        watcher.stop()
    always = FRAMES_A_SECOND * median(redrawn)
    return [_figure(name, samples, always) for name, samples in idle.items()]


def _kiosk(url: str, folder: Path, config: Path, attract_s: str) -> list[str]:
    return [
        *(sys.executable, "-m", "kiosk", "--config", str(config), "--mqtt", url, "--id", CLIENT),
        *("--width", "1080", "--height", "1920", "--attract-s", attract_s),
        *("--printer", f"dummy:{folder}/tickets", "--state", str(folder)),
    ]


def _frame_ms(frames: Path) -> float:
    """Return the milliseconds of CPU that one frame costs."""
    frames.unlink(missing_ok=True)
    counted: list[int] = []
    count = lambda: counted.append(_count(frames))  # noqa: E731 - before and after
    program = [sys.executable, "-m", "tests.benchmarks.redrawn_kiosk", str(frames)]
    ms_a_second, _ = _watch(program, lambda: _count(frames) > 2, count, count)
    return ms_a_second * WATCHED_S / (counted[1] - counted[0])


def _count(frames: Path) -> int:
    return int((frames.read_text(encoding="ascii") if frames.exists() else "") or 0)


def _watch(
    program: list[str],
    ready: Callable[[], bool],
    when_begun: Callable[[], None] = lambda: None,
    when_ended: Callable[[], None] = lambda: None,
) -> tuple[float, float]:
    """Return milliseconds of CPU a second, and megabytes, of a program that has been ready for a while."""
    environment = {**os.environ, "SDL_VIDEODRIVER": "offscreen", "LIBGL_ALWAYS_SOFTWARE": "1"}
    environment.pop("DISPLAY", None)
    process = subprocess.Popen(program, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 120
        while not ready():
            if process.poll() is not None or time.monotonic() > until:
                raise TimeoutError(f"{program[:3]} is not ready")
            time.sleep(0.05)
        time.sleep(SETTLED_S)
        when_begun()
        before, start = cpu_s(process.pid), time.monotonic()
        time.sleep(WATCHED_S)
        cost = (cpu_s(process.pid) - before) * 1e3 / (time.monotonic() - start)
        when_ended()
        return cost, resident_mb(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _figure(name: str, samples: list[tuple[float, float]], always: float) -> Figure:
    idle, memory = (median(sample[at] for sample in samples) for at in (0, 1))
    compared = f"{idle:.1f} / {always:.0f} ms a second; {memory:.0f} MB"
    what = f"kiosk {name}: idle CPU over the same window redrawn 60 times a second"
    return Figure(what, idle / always, GOAL, compared)

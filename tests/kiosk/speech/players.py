"""A player that keeps every sound that it is given, and plays it for as long as it is told to."""

import sys
import wave
from array import array
from math import log10, sqrt


def keeping_player(folder, plays_s=0.0):
    """Return a command for `player`; the sounds come to `folder`, named in order, each complete."""
    folder.mkdir(exist_ok=True)
    script = folder / "player.py"
    script.write_text(
        "import os, pathlib, sys, time\n"
        f"folder = pathlib.Path({str(folder)!r})\n"
        "half = folder / f'{time.monotonic_ns()}.part'\n"
        "half.write_bytes(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "half.rename(half.with_suffix('.wav'))\n"
        f"time.sleep({plays_s})\n"
        "(folder / 'ended').touch()\n"
    )
    return f"{sys.executable} -S -E {script}"


def sounds(folder):
    return sorted(folder.glob("*.wav"))


def seconds(path):
    samples, rate = _samples(path)
    return len(samples) / rate


def loudness_db(path):
    samples, _ = _samples(path)
    return 20 * log10(sqrt(sum(sample * sample for sample in samples) / len(samples)) / 32768)


def _samples(path):
    data = path.read_bytes()
    with wave.open(str(path)) as file:
        # Written to a pipe, the length in the header is only a guess.
        rate = file.getframerate()
    body = data[44:]
    return array("h", body[: len(body) // 2 * 2]), rate

"""Remembers, across a power cut, what an upgrade came from."""

import json
from dataclasses import dataclass

from .places import Places
from .settings_files import write_whole


@dataclass(frozen=True)
class Unchecked:
    """What an upgrade came from, as long as nobody has seen the new version run."""

    before: str
    well: tuple[str, ...]
    queue: str | None = None


def remembered(places: Places) -> Unchecked | None:
    """Return what an upgrade that was cut off came from."""
    try:
        says = json.loads(places.unchecked.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Unchecked(says["before"], tuple(says["well"]), says["queue"])


def remember(places: Places, unchecked: Unchecked) -> None:
    """Write down what an upgrade comes from."""
    says = {"before": unchecked.before, "well": unchecked.well, "queue": unchecked.queue}
    write_whole(places.unchecked, json.dumps(says).encode())

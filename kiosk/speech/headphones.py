"""Whether headphones are plugged in: from a file or from a switch of the sound card."""

import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

LOOK_LIMIT_S = 2.0
EVERY_S = 0.5
IN = ("1", "on", "in", "true", "yes")


class BadHeadphones(ValueError):
    """A setting that means nothing; the message says what it should be."""


def headphones(setting: str) -> Callable[[], bool] | None:
    """Read `file:PATH` or `alsa:CONTROL`; None where nobody has to look, because a key tells, or nothing does."""
    if not setting:
        return None
    kind, _, what = setting.partition(":")
    if kind == "file" and what:
        return lambda: _says_so(Path(what))
    if kind == "alsa" and what:
        return lambda: _switched(what)
    raise BadHeadphones(f"{setting!r} should be file:PATH, alsa:CONTROL like alsa:Headphone Jack, or empty")


def _says_so(path: Path) -> bool:
    try:
        return path.read_text(encoding="utf-8").strip().lower() in IN
    except OSError:
        return False


def _switched(control: str) -> bool:
    command = ["amixer", "cget", f"iface=CARD,name={control}"]
    try:
        run = subprocess.run(  # noqa: S603
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LOOK_LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ": values=on" in run.stdout


class HeadphoneWatch:
    """Looks every half second, in a thread of its own, and tells `when_changed` of a plug that went in or out."""

    def __init__(self, look: Callable[[], bool], when_changed: Callable[[bool], None]) -> None:
        self._look = look
        self._when_changed = when_changed
        self._stopping = threading.Event()

    def start(self) -> None:
        """Begin to look; what is plugged in already is no news."""
        inserted = self._look()
        threading.Thread(target=self._run, args=(inserted,), name="headphones", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._stopping.set()

    def _run(self, inserted: bool) -> None:  # noqa: FBT001 - a thread takes no keywords here
        while not self._stopping.wait(EVERY_S):
            before, inserted = inserted, self._look()
            if inserted != before:
                self._when_changed(inserted)

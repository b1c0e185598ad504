"""Tells a rehearsal to people: a calm line for each event, on the terminal and in the log."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from .chronicle import Line

WHO_WIDTH = 10


class Teller:
    """Prints lines with the time of day; what is only noted stands in the log alone."""

    def __init__(self, log: Path, clock: Callable[[], datetime]) -> None:
        self._log = log
        self._clock = clock

    def tell(self, line: Line) -> None:
        """Print an event and write it down."""
        print(self.note(line), flush=True)

    def note(self, line: Line) -> str:
        """Write an event down."""
        text = f"{self._clock():%H:%M:%S}  {line.who:<{WHO_WIDTH}} {line.what}"
        self._write(text)
        return text

    def say(self, text: str = "") -> None:
        """Print words that are no event, and write them down."""
        print(text, flush=True)
        self._write(text)

    def _write(self, text: str) -> None:
        with self._log.open("a", encoding="utf-8") as log:
            log.write(text + "\n")

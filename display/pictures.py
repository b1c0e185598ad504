"""Pictures of the wall as PNG files, for rehearsals, tests and the people who look after the design."""

import logging
from pathlib import Path

from kivy.clock import Clock
from kivy.uix.widget import Widget

log = logging.getLogger(__name__)

SETTLED_S = 0.3


class Pictures:
    """Writes `NNN-board.png` when what the wall shows has changed and settled."""

    def __init__(self, folder: Path, widget: Widget) -> None:
        self._folder = folder
        self._widget = widget
        self._next = 1
        self._trigger = Clock.create_trigger(self._take, SETTLED_S)

    def take_soon(self) -> None:
        """Take a picture once nothing has changed for a moment."""
        self._trigger.cancel()
        self._trigger()

    def _take(self, _dt: float) -> None:
        try:
            path = self._written()
        except OSError as error:  # a full disk must not darken the wall
            log.warning("no picture in %s: %s", self._folder, error.strerror)
        else:
            log.info("picture %s", path)

    def _written(self) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        while (path := self._folder / f"{self._next:03}-board.png").exists():
            self._next += 1
        # A watcher of the folder must never see half a picture.
        half = path.with_name(f".{path.name}")
        self._widget.export_to_png(str(half))
        return half.rename(path)

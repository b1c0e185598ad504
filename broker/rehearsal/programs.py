"""The four real programs as a rehearsal starts them: one office, one kiosk, one wall, a terminal for each desk."""

import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from .failures import Failed
from .output import Output
from .processes import Processes

READY_S = 90.0  # generous: a busy Pi draws its first window slowly
LOOK_S = 0.05
# A virtual screen is drawn by the processor, so that it is the same on every machine.
VIRTUAL_SCREEN = {"SDL_VIDEODRIVER": "offscreen", "LIBGL_ALWAYS_SOFTWARE": "1"}


class Programs:
    """Starts what a rehearsed hall needs; everything that is not worth keeping lies in `scratch`."""

    def __init__(self, processes: Processes, output: Output, scratch: Path) -> None:
        self.processes = processes
        self.database = scratch / "hall.db"
        self.announcements = scratch / "announcements"
        self.url = ""
        self._output = output
        self._scratch = scratch

    def broker(self) -> None:
        """Start the broker with the sample office and a Mosquitto of its own; `url` is known when it listens."""
        options = ["--office", "", "--database", f"sqlite:///{self.database}", "--mqtt", "embedded"]
        self.processes.start("broker", "broker", *options)
        log = self.processes.log("broker")
        self.wait_for(lambda: "MQTT on mqtt://" in log.read_text(), "the broker")
        found = re.search(r"MQTT on (mqtt://\S+)", log.read_text())
        assert found is not None
        self.url = found[1]

    def kiosk(self, *options: str, environment: dict[str, str], hears: bool = False) -> subprocess.Popen[bytes]:
        """Start the kiosk, with a printer that draws its tickets."""
        printer = f"dummy:{self._output.tickets}"
        words = ["kiosk", "--id", "kiosk-1", "--mqtt", self.url, "--printer", printer, *options]
        return self.processes.start("kiosk", *words, environment=environment, hears=hears)

    def wall(self, *options: str, environment: dict[str, str]) -> None:
        """Start the wall, which writes down what it announces."""
        files = ["--state", str(self._scratch / "display"), "--announcements", str(self.announcements)]
        words = ["display", "--id", "display-1", "--mqtt", self.url, *files, *options]
        self.processes.start("wall", *words, environment=environment)

    def desk(self, desk: str, wiring: str) -> None:
        """Start a desk's terminal with a keypad that is wired so, in the words of `desk.toml`."""
        config = self._scratch / f"desk-{desk}.toml"
        config.write_text(f'id = "desk-{desk}"\nmqtt = "{self.url}"\n\n{wiring}')
        self.processes.start(f"desk-{desk}", "desk_terminal", "--config", str(config))

    def wait_for(self, condition: Callable[[], bool], what: str, within_s: float = READY_S) -> None:
        """Return when `condition` holds; Failed if a program ends before, or it takes too long."""
        until = time.monotonic() + within_s
        while not condition():
            self.processes.check()
            if time.monotonic() > until:
                raise Failed(f"{what} did not come within {within_s:.0f} s; see {self._output.logs}")
            time.sleep(LOOK_S)

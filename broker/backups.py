"""Has copies of the queue made at their times, in a process of its own, so that the hall never waits for one."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from broker.child import tied_to_parent
from broker.store.backup import is_there

# After a start, since the machine may have been off when a copy was due; and after a copy that failed.
SOON_S = 300.0
LONG_S = 3600.0


class Backups:
    """Looks now and then whether a copy is due; `minutes` apart, and after the end of `day`.

    `program` is what knows the command `backup`.
    """

    def __init__(
        self,
        folder: Path,
        minutes: int,
        keep_days: int,
        database: str,
        day: date,
        program: Sequence[str] = (sys.executable, "-m", "broker"),
    ) -> None:
        self._folder = folder
        self._every_s = minutes * 60.0
        self._words = [*program, "backup", str(folder), "--database", database, "--keep-days", str(keep_days)]
        self._day = day
        self._due_s: float | None = None
        self._began_s = 0.0
        self._process: subprocess.Popen[str] | None = None
        self._wrong: str | None = None

    def look(self, day: date, now_s: float) -> str | None:
        """Begin a copy if one is due, and return in plain words what is wrong with the last; `now_s` only counts on."""
        if self._due_s is None:
            self._due_s = now_s + min(SOON_S, self._every_s)
        if day != self._day:
            self._day, self._due_s = day, now_s
        if self._process is not None:
            self._follow(self._process, now_s)
        elif not is_there(self._folder):
            # A copy is made as soon as the stick is back, and then all is well again.
            self._wrong = f"no copies: {self._folder} is not there; plug the stick in, or make the folder"
            self._due_s = now_s
        elif now_s >= self._due_s:
            self._begin(now_s)
        return self._wrong

    def _begin(self, now_s: float) -> None:
        gently = ["nice", "-n", "10"] if shutil.which("nice") else []
        command = [*tied_to_parent(), *gently, *self._words]
        self._began_s = now_s
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program, and the office's own settings
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
            )
        except OSError as error:
            self._failed(f"no copy was made: {error}", now_s)

    def _follow(self, process: subprocess.Popen[str], now_s: float) -> None:
        status = process.poll()
        if status is None:
            if now_s - self._began_s > LONG_S:
                self._wrong = f"a copy to {self._folder} has taken more than an hour: is the stick broken?"
            return
        _, said = process.communicate()
        self._process = None
        if status == 0:
            self._wrong, self._due_s = None, self._began_s + self._every_s
        else:
            lines = said.strip().splitlines() or [f"status {status}"]
            self._failed(f"no copy was made: {lines[-1].removeprefix('okienko-broker: ')}", now_s)

    def _failed(self, detail: str, now_s: float) -> None:
        self._wrong, self._due_s = detail, now_s + SOON_S

"""The programs of the hall as processes: started, watched, and all ended together."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from broker.child import tied_to_parent

from .failures import Failed

END_S = 8.0
LAST_LINES = 4


class Processes:
    """What runs, by name. Leaving the `with` ends all of it, and a kill -9 of this process does too.

    The first one, the broker, is ended last: so everyone can say goodbye.
    """

    def __init__(self, logs: Path) -> None:
        self.statuses: dict[str, int] = {}
        self._logs = logs
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.end()

    def start(
        self, name: str, *words: str, environment: dict[str, str] | None = None, hears: bool = False
    ) -> subprocess.Popen[bytes]:
        """Start `python -m <words>`; its output goes to `<name>.log`. With `hears` its standard input is a pipe."""
        with self.log(name).open("wb") as log:
            self._running[name] = process = subprocess.Popen(  # noqa: S603 - our own programs
                [*tied_to_parent(), sys.executable, "-m", *words],
                stdin=subprocess.PIPE if hears else subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | {"PYTHONUNBUFFERED": "1"} | (environment or {}),
                start_new_session=True,  # Ctrl-C reaches the rehearsal alone, which ends them in order
            )
        return process

    def log(self, name: str) -> Path:
        """Return the file that holds what a program says."""
        return self._logs / f"{name}.log"

    def ended(self) -> dict[str, int]:
        """Return the status of each program that has ended by itself."""
        return {name: status for name, process in self._running.items() if (status := process.poll()) is not None}

    def check(self, *may_end: str) -> None:
        """Raise Failed if any program has ended, with its last words; those that `may_end` may do so in peace."""
        for name, status in self.ended().items():
            if name in may_end and status == 0:
                continue
            said = self.log(name).read_text(errors="replace").strip().splitlines()[-LAST_LINES:]
            words = "\n".join(f"    {line}" for line in said)
            raise Failed(f"the {name} ended with status {status}; its last words in {self.log(name)}:\n{words}")

    def end(self) -> None:
        """End everything, wait for it, and note how each ended."""
        names = list(self._running)
        for together in (names[1:], names[:1]):
            for name in together:
                if self._running[name].poll() is None:
                    self._running[name].send_signal(signal.SIGTERM)
            for name in together:
                self.statuses[name] = _wait(self._running.pop(name))


def _wait(process: subprocess.Popen[bytes]) -> int:
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(END_S)
    if process.poll() is None:
        process.kill()
    status = process.wait()
    if process.stdin is not None:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
    return status

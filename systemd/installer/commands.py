"""Runs the programs that do the work: apt, pip, systemctl."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .failure import CannotInstall

_C = {"LC_ALL": "C.UTF-8"}


def run(*words: str | Path, advice: str = "", environment: Mapping[str, str] | None = None) -> str:
    """Run a program and return what it printed; CannotInstall with its last words and the advice."""
    answer = attempt(*words, environment=environment)
    if answer.returncode:
        said = (answer.stderr.strip() or answer.stdout.strip()).splitlines()
        # pip says what is wrong first and consoles afterwards, apt the other way round.
        errors = [line.strip() for line in said if line.startswith(("ERROR:", "E:"))] or said[-1:]
        why = errors[0] if errors else f"ended with status {answer.returncode}"
        raise CannotInstall(f"{Path(words[0]).name}: {why}" + (f"; {advice}" if advice else ""))
    return answer.stdout


def attempt(*words: str | Path, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program and return how it ended, whatever it was; status 127 where there is no such program."""
    environment = {**os.environ, **_C, **(environment or {})}
    command = [str(word) for word in words]
    try:
        return subprocess.run(  # noqa: S603 - our own words
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return subprocess.CompletedProcess(command, 127, "", f"{command[0]} is not installed")

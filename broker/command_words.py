"""What the broker's commands have in common: how they take words, and how they print."""

import argparse
import io
import os
import sys
from datetime import date
from typing import NoReturn

PROGRAM = "okienko-broker"


class OneLineParser(argparse.ArgumentParser):
    """Says in one line, in the name of `speaker`, what is wrong, and ends with the exit status `wrong_usage`."""

    def __init__(self, command: str, words: str | None, *, speaker: str = PROGRAM, wrong_usage: int = 2) -> None:
        super().__init__(prog=f"{PROGRAM} {command}", description=words, allow_abbrev=False)
        self._speaker = speaker
        self._wrong_usage = wrong_usage

    def error(self, message: str) -> NoReturn:
        """End the program."""
        self.exit(self._wrong_usage, f"{self._speaker}: {message}; {self.prog} --help says what there is\n")


def business_day(text: str) -> date:
    """Read a business day; argparse tells what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} should be a day like 2026-11-23") from None


def say(text: str) -> None:
    """Print to whatever reads along: a terminal without Polish letters, or `head`, which goes before the end."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # What is left in the buffer would fail once more when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

"""Tells whoever installs how far it is, if anybody is still there to read it."""

import os
from contextlib import suppress
from typing import TextIO


def tell(words: str, stream: TextIO) -> None:
    """Write a line; never an error, though the terminal is gone or the pipe's reader has ended."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        print(f"okienko: {words}".encode(encoding, "backslashreplace").decode(encoding), file=stream, flush=True)
    except (OSError, ValueError):
        _speak_to_nobody(stream)


def _speak_to_nobody(stream: TextIO) -> None:
    """Let the rest go nowhere: Python writes it once more at its end, and would end with status 120."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)

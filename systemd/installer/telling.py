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
        _lead_nowhere(stream)


def _lead_nowhere(stream: TextIO) -> None:
    """Let nothing of it fail again: what was not written is tried once more when Python ends, and is its status."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)

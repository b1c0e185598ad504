"""Tells whoever installs how far it is, if anybody is still there to read it."""

from contextlib import suppress
from typing import TextIO


def tell(words: str, stream: TextIO) -> None:
    """Write a line; never an error, though the terminal is gone or the pipe's reader has ended."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    with suppress(OSError, ValueError):
        print(f"okienko: {words}".encode(encoding, "backslashreplace").decode(encoding), file=stream, flush=True)

"""The small file that remembers what was announced, whole after a kill and after a power cut."""

import logging
import os
from pathlib import Path

import msgspec

from .announcements import Memory

log = logging.getLogger(__name__)


class MemoryFile:
    """One display's memory as a JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Memory:
        """Return what was written last; a missing or spoilt file remembers nothing."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Memory)
        except FileNotFoundError:
            return Memory()
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            log.warning("%s: not understood, starting without it: %s", self._path, error)
            return Memory()

    def write(self, memory: Memory) -> None:
        """Replace the file at once; OSError if the disk will not."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        with fresh.open("wb") as file:
            file.write(msgspec.json.encode(memory))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)

"""Disks: the one at hand, and the same with every sync slowed by 5 ms, as an SD card does."""

import mmap
import os
import struct
import subprocess
import time
from pathlib import Path

SLOW_SYNC_US = 5000


class Card:
    """A folder on the disk and the environment that makes a child process sync as the card does."""

    def __init__(self, folder: Path, delay_us: int) -> None:
        self.folder = folder
        self.delay_us = delay_us
        counters = folder / "syncs"
        counters.write_bytes(bytes(16))
        with counters.open("r+b") as file:
            self._counters = mmap.mmap(file.fileno(), 16)
        self.environment = {
            **os.environ,
            "LD_PRELOAD": str(_shim(folder)),
            "SYNC_COUNTERS": str(counters),
            "SYNC_DELAY_US": str(delay_us),
        }
        self._file = (folder / "floor").open("wb", buffering=0)
        self._file.write(bytes(1 << 20))
        os.fsync(self._file.fileno())

    @property
    def syncs_returned(self) -> int:
        """Return how many syncs of the child have returned so far."""
        return struct.unpack_from("Q", self._counters, 8)[0]

    def write_and_sync(self) -> None:
        """Write a page and sync it, as slowly as the child does: the floor under every commit."""
        os.pwrite(self._file.fileno(), os.urandom(4096), 4096 * (time.monotonic_ns() % 256))
        os.fdatasync(self._file.fileno())
        if self.delay_us:
            time.sleep(self.delay_us / 1e6)


def _shim(folder: Path) -> Path:
    shim = folder / "slow_sync.so"
    source = Path(__file__).with_name("slow_sync.c")
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", shim, source, "-ldl"], check=True)
    return shim

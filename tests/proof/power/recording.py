"""What a process did to the files of one folder and said to the network, in order, as recorder.c wrote it down."""

import os
import struct
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("recorder.c")
HEADER = struct.Struct("<cIQI")  # as `struct header`
CREATED, EMPTIED = 1, 2


@dataclass(frozen=True)
class Operation:
    """One record; `at` of what was synced is the number of the operation with which the sync began."""

    kind: str
    file: int
    at: int
    data: bytes

    @property
    def names(self):
        """Return the path that it is about; of a renaming or a link the old one and the new one."""
        return tuple(name.decode() for name in self.data.split(b"\0"))


KINDS = {
    b"p": "process",
    b"o": "open",
    b"c": "close",
    b"w": "write",
    b"t": "truncate",
    b"b": "sync-begun",
    b"s": "synced",
    b"r": "rename",
    b"l": "link",
    b"u": "unlink",
    b"m": "mkdir",
    b"n": "network",
}


@cache
def recorder(folder):
    """Compile the recorder into a folder, and return the library."""
    library = folder / "recorder.so"
    subprocess.run(
        ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", library, SOURCE, "-ldl"], check=True
    )
    return library


def recorded(tools, folder, log):
    """Return the environment of a process whose work in `folder` is to be recorded."""
    return {"LD_PRELOAD": str(recorder(tools)), "POWER_FOLDER": str(folder.resolve()), "POWER_LOG": str(log)}


def dying(in_sync):
    """Return the environment of a recorded process that is killed when it begins its so manieth sync."""
    return {"POWER_DIE_IN": str(in_sync)}


def shifted(tools, seconds):
    """Return the environment of a process whose clock on the wall is ahead by whole seconds."""
    return {"LD_PRELOAD": str(recorder(tools)), "POWER_SHIFT_S": str(round(seconds))}


def environment(more):
    """Return this process's environment with more in it."""
    return {**os.environ, **more}


def operations(log):
    """Read a log, perhaps of several processes one after the other; it fails at what could not be written down."""
    data, at, found, begun = Path(log).read_bytes(), 0, [], 0
    while at < len(data):
        kind, file, where, length = HEADER.unpack_from(data, at)
        at += HEADER.size
        content = data[at : at + length]
        at += length
        assert kind in KINDS, f"the recorder cannot follow {content.decode()}"
        begun = len(found) if kind == b"p" else begun
        found.append(Operation(KINDS[kind], file, where + begun if kind == b"s" else where, content))
    return found

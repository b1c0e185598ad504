"""What a process takes of the computer, as Linux tells."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figures:
    """Memory in megabytes; open files; threads; bytes written to the disk since its start."""

    memory_mb: float
    files: int
    threads: int
    written: int


def figures_of(pid):
    """Return what the process takes now."""
    process = Path(f"/proc/{pid}")
    status = dict(line.split(":\t", 1) for line in (process / "status").read_text().splitlines() if ":\t" in line)
    io = dict(line.split(": ") for line in (process / "io").read_text().splitlines())
    return Figures(
        memory_mb=int(status["VmRSS"].split()[0]) / 1024,
        files=len(list((process / "fd").iterdir())),
        threads=int(status["Threads"]),
        written=int(io["write_bytes"]),
    )

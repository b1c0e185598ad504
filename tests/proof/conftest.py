"""What the proofs share."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

MEMORY = Path("/dev/shm")


@pytest.fixture
def report(capsys):
    """Return a function that prints a line of figures past pytest's capture."""

    def say(line):
        with capsys.disabled():
            print(line)

    return say


@pytest.fixture
def memory(tmp_path):
    """Return a folder in memory where there is such a thing: for disks that are only played, and much is written to."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(prefix="okienko-proof-", dir=MEMORY) as folder:
        yield Path(folder)

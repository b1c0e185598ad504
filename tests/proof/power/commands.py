"""A command that is recorded while it works on one folder: a backup, a restore."""

import random
import subprocess
import sys

from .cutting import disks_after
from .disk import Disk
from .instants import MOST_OFTEN, Cut
from .recorded_day import files_in
from .recording import environment, operations, recorded

LIMIT_S = 60


class RecordedCommand:
    """`okienko-broker WORDS`, which changed files in `disk`: what was there before and after."""

    def __init__(self, words, disk, tools):
        self.before = files_in(disk)
        log = disk.with_name(f"{disk.name}-recording")
        done = subprocess.run(
            [sys.executable, "-m", "broker", *map(str, words)],
            env=environment(recorded(tools, disk, log)),
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        self.operations = operations(log)
        self.files = files_in(disk)

    def disks_after_cuts(self, folder, count, seed):
        """Yield so many cuts, each with a folder whose `disk` is what it left; the last ones when all was done."""
        chance = random.Random(seed)
        ends = [chance.randint(0, len(self.operations)) for _ in range(count)] + [len(self.operations)] * len(
            MOST_OFTEN
        )
        cuts = [
            Cut(done, "anywhere", MOST_OFTEN[at % len(MOST_OFTEN)], chance.getrandbits(32))
            for at, done in enumerate(sorted(ends))
        ]
        yield from disks_after(cuts, self, folder, Disk(self.before))

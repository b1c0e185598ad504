"""Cuts the power at many instants of a recorded day, and adds up what was found."""

import random
import shutil
import sqlite3
import statistics
from collections import Counter
from dataclasses import dataclass, field

from broker.store.database import BadDatabase
from broker.store.log import StorageFailed

from .disk import Disk
from .instants import cuts
from .promises import Promises
from .reckoning import lay_out, reckon

# What a disk that lies about its syncs can do to a database.
RUINED = (BadDatabase, StorageFailed, sqlite3.DatabaseError, AssertionError)


@dataclass
class Tally:
    """What many cuts of a day found on which so many `tickets` were issued."""

    tickets: int
    found: list = field(default_factory=list)
    kinds: Counter = field(default_factory=Counter)
    unsynced: int = 0
    ruined: int = 0

    def total(self, what):
        return sum(getattr(found, what) for found in self.found)

    def cuts_that_lost(self):
        return self.ruined + sum(found.lost > 0 for found in self.found)

    def __str__(self):
        times = sorted(found.start_s for found in self.found)
        p99 = times[min(len(times) - 1, round(len(times) * 0.99))]
        return (
            f"{len(self.found) + self.ruined} cuts of a day of {self.tickets} tickets, {self.unsynced} where something "
            f"was not synced; looked for {self.total('promised')} answers and boards that had left, tickets "
            f"{self.total('tickets')} times; lost {self.total('lost')} (tickets {self.total('lost_tickets')}), "
            f"doubled {self.total('doubled')}; "
            f"start p50 {statistics.median(times):.3f} s, p99 {p99:.3f} s"
        )


def disks_after_cuts(day, folder, count, seed, *, kind=None, lies=lambda _path: False, initial=None):
    """Yield so many cuts, each with a folder whose `disk` is what it left, and whether there was anything to lose."""
    yield from disks_after(cuts(day, count, seed, kind), day, folder, Disk(initial, lies))


def disks_after(cuts, day, folder, disk):
    """Yield each of the cuts with what it leaves of a disk; see disks_after_cuts."""
    done = 0
    for number, cut in enumerate(cuts):
        for at in range(done, cut.done):
            disk.do(at, day.operations[at])
        done = cut.done
        chance = random.Random(cut.seed)
        left = folder / f"cut-{number}"
        lay_out(left / "disk", disk.after_cut(chance, cut.style), chance)
        yield cut, left, disk.unsynced
        shutil.rmtree(left)


def cut_again_and_again(day, promises, folder, count, seed, **disk):
    """Start the broker's store and hall after each of so many cuts, and add up; a liar's disk may be ruined."""
    tally = Tally(promises.tickets)
    for cut, left, unsynced in disks_after_cuts(day, folder, count, seed, **disk):
        tally.kinds[cut.kind] += 1
        tally.unsynced += unsynced
        try:
            tally.found.append(reckon(left / "disk" / "hall.db", day.office, promises, cut))
        except RUINED as error:
            if "lies" not in disk:
                error.add_note(f"after {cut}")
                raise
            tally.ruined += 1
    return tally


def cut_while_it_starts(day, promises, folder, counts, seed, start):
    """Cut the power, let the broker itself start, and cut it again at instants of that start; add up both.

    `counts` are the first cuts, and the second ones after each; `start` makes a Restart from a folder and a recording.
    """
    tally = Tally(promises.tickets)
    for number, (cut, left, _) in enumerate(disks_after_cuts(day, folder / "first", counts[0], seed)):
        restart = start(left, recording=folder / f"recording-{number}")
        tally.found.append(restart.prove(cut, promises))
        again = restart.day
        assert replayed(again, restart.found_there) == again.files
        later = Promises(again, promises.by(cut.done))
        second = cut_again_and_again(
            again, later, folder / "second", counts[1], seed + number, initial=restart.found_there
        )
        tally.found += second.found
        tally.unsynced += second.unsynced
    return tally


def replayed(day, initial=None):
    """Return the files as the recording alone makes them."""
    disk = Disk(initial)
    for number, operation in enumerate(day.operations):
        disk.do(number, operation)
    return disk.content()

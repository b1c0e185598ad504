"""Looks after what is stored while nobody waits: copies, old days, room on the disk, the hash of a day that is over."""

import logging
import os
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from broker.backups import Backups
from broker.contract.messages import LastDay
from broker.domain.hall import Hall
from broker.problems import Problems
from broker.store.chain_ends import end_of_last_day
from broker.store.faults import is_damaged, with_remedy
from broker.store.log import EventLog, StorageFailed, failing_as_storage
from broker.store.retention import NotWhole, reduce_a_little

log = logging.getLogger(__name__)

# Nobody sits at a desk, and nobody has asked for anything for so long: it is night.
NIGHT_S = 60.0
# After the disk did not take something, if nobody asks for anything meanwhile.
TRY_AGAIN_S = 30.0
SLOW_S = 1.0
LEAST_FREE_BYTES = 200 << 20
LEAST_FREE_SHARE = 0.05  # of a disk too small for that


class Caretaker:
    """Goes round between the requests; `backups` is set where the office has copies made."""

    def __init__(self, event_log: EventLog, problems: Problems, day: date, tell: Callable[[LastDay], None]) -> None:
        self.backups: Backups | None = None
        self._log = event_log
        self._problems = problems
        self._day = day
        self._tell = tell
        self._told: LastDay | None = None
        self._reduced: date | None = None
        self._failed_at = 0.0
        self._slowest_s = 0.0
        if event_log.broken:
            words = f"the log of today is not as it was written: {event_log.broken}; see okienko-broker verify"
            log.error(words)
            problems.note("log", words)

    def go_round(self, hall: Hall, now: datetime, quiet_s: float) -> None:
        """Do what is due; nobody has asked for anything for `quiet_s`."""
        if self.backups is not None:
            self._problems.tell("backup", self.backups.look(hall.day, time.monotonic()))
        self._problems.tell("disk", little_room(self._log.file.parent))
        self._problems.tell("slow_disk", self._slow_disk())
        self._note_misplaced()
        try:
            with failing_as_storage():
                self._tend_the_log(hall, now, quiet_s)
        except StorageFailed as error:
            self.storage_failed(str(error))

    def storage_failed(self, detail: str) -> None:
        """Take note that the disk did not take something, and say what to do about it."""
        log.error("the disk did not take it: %s", detail)
        self._problems.note("storage", with_remedy(detail))
        self._failed_at = time.monotonic()

    def _slow_disk(self) -> str | None:
        """Return in plain words that the disk was slow since somebody last pressed; a card that is worn out is."""
        slowest_s = self._log.slowest_commit_s()
        if slowest_s:
            self._slowest_s = slowest_s
        if self._slowest_s < SLOW_S:
            return None
        return (
            f"the disk took {self._slowest_s:.1f} s for a ticket: is the card worn out? Have a backup, and a new card"
        )

    def _tend_the_log(self, hall: Hall, now: datetime, quiet_s: float) -> None:
        trouble = self._problems.detail("storage")
        if trouble and not is_damaged(trouble) and time.monotonic() - self._failed_at > TRY_AGAIN_S:
            # Nobody may press again before the office opens, and who looks at health wants to know.
            self._log.try_to_write()
            self._problems.mended("storage")
        if hall.day != self._day or self._told is None:
            self._tell_the_hash(is_news=hall.day != self._day)
            self._day = hall.day
        if quiet_s > NIGHT_S and not hall.desks and self._reduced != hall.day:
            self._reduce_old_days(hall, now)

    def _tell_the_hash(self, *, is_news: bool) -> None:
        """Let the hall and the journal keep, elsewhere than the log, what that of the last day ended with."""
        end = end_of_last_day(self._log.driver)
        self._told = LastDay(end.day, end.hash) if end else LastDay("", "")
        if end:
            self._tell(self._told)
        if end and is_news:
            log.info("the log of %s ends with event %d, hash %s", end.day, end.seq, end.hash)

    def _reduce_old_days(self, hall: Hall, now: datetime) -> None:
        # By the day before as well, so that one night with a wrong clock does not forget years.
        newest = min(hall.day, max(self._log.days() - {hall.day}, default=hall.day))
        try:
            more = reduce_a_little(self._log, newest - timedelta(days=hall.office.retention_days), now)
            self._problems.mended("retention")
        except NotWhole as error:
            more = False
            self._problems.note("retention", str(error))
        if not more:
            self._reduced = hall.day

    def _note_misplaced(self) -> None:
        """Go on without the file, since people wait, but say that the next start will know nothing of them."""
        words = "its file was moved or deleted: put it back, or a restart loses the day"
        self._problems.tell("database", words if self._log.misplaced else None)


def little_room(folder: Path) -> str | None:
    """Return in plain words that a disk is nearly full; None where it is not, or cannot be asked."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return None
    free, size = disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize
    if free >= min(LEAST_FREE_BYTES, size * LEAST_FREE_SHARE):
        return None
    return (
        f"only {free / 1e6:.0f} MB are free on the disk of the queue: remove what is not needed, or take a larger one"
    )

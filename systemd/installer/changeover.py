"""From the version that runs to another, and back again by itself when that one does not run.

Theory of operation. Before anything is stopped, `unchecked.json` says what ran and where its queue is kept; it goes
when the new version has been seen to run. A power cut in between leaves the file, and whoever installs again begins
from there; unless the hall went on in the meantime with tables that the version before cannot read. Its queue of then
would be without the tickets given since: the version that gave them is what is gone back to from then on.
"""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from . import supervisor
from .database import holds_more, keep_before_upgrade, other_tables
from .failure import CannotInstall
from .going_back import go_back
from .hall import Hall
from .putting_in_place import put_in_place
from .release import Release, found
from .roles import ROLES
from .startup_check import started
from .unchecked import Unchecked, remember, remembered


def change_over(hall: Hall, release: Release, before: Release | None) -> Release | None:
    """Let a version run, and return the one that it comes after; CannotInstall if it does not, and that one is back."""
    try:
        unchecked = _begun(hall, release, before)
        if unchecked is None:
            _first_start(hall, release)
            return None
    except (CannotInstall, OSError):
        if hall.booted:
            supervisor.start()
        raise
    came_from = found(hall.places.opt / unchecked.before)
    try:
        if hall.booted:
            supervisor.stop()
        unchecked = _queue_kept(hall, release, unchecked)
        put_in_place(hall, release, came_from)
        wrong = started(hall, release)
    except (CannotInstall, OSError) as error:
        wrong = dict.fromkeys(unchecked.well or ("broker",), str(error))
    missed = {reason: None for role, reason in wrong.items() if role in (unchecked.well or wrong)}
    if missed:
        _give_up(hall, release, came_from, unchecked, "; ".join(missed))
    for reason in dict.fromkeys(wrong.values()):
        hall.say(f"look at this, it did not run before the upgrade either: {reason}")
    hall.places.unchecked.unlink(missing_ok=True)
    return came_from


def _begun(hall: Hall, release: Release, before: Release | None) -> Unchecked | None:
    """Return what this upgrade, or the one that was cut off, comes from; None where nothing can be gone back to."""
    cut_off = remembered(hall.places)
    if cut_off is not None:
        if hall.booted:
            supervisor.stop()  # so that nobody is given a number while it is looked at
        if not _went_on(hall, cut_off):
            return cut_off
        hall.say(
            "the hall went on after an upgrade that was cut off, so the queue stays as it is; "
            f"as it was before that upgrade to go on from version {cut_off.before} it lies in {cut_off.queue}"
        )
        hall.places.unchecked.unlink()
    if before is None or before.folder == release.folder:
        return None
    running = (role for role in hall.roles if not hall.booted or supervisor.active(ROLES[role].unit))
    unchecked = Unchecked(before.folder.name, cut_off.well if cut_off else tuple(running))
    remember(hall.places, unchecked)
    return unchecked


def _went_on(hall: Hall, cut_off: Unchecked) -> bool:
    """Whether the version before could go on only without what has happened in the hall since."""
    if cut_off.queue is None:
        return False
    copy = Path(cut_off.queue)
    return other_tables(hall.places, copy) and holds_more(hall.places, copy)


def _first_start(hall: Hall, release: Release) -> None:
    """Start on a fresh machine, or see to it that all is as it should be; there is nothing to go back to."""
    put_in_place(hall, release, None)
    wrong = started(hall, release)
    if wrong:
        raise CannotInstall("; ".join(dict.fromkeys(wrong.values())) + "; mend that and run this again")


def _queue_kept(hall: Hall, release: Release, unchecked: Unchecked) -> Unchecked:
    """Keep the queue as it is now, unless only an older copy has the tables of the version before."""
    if unchecked.queue is not None and other_tables(hall.places, Path(unchecked.queue)):
        return unchecked
    if (kept := keep_before_upgrade(hall.places, release.version)) is None:
        return unchecked
    hall.say(f"the queue is kept in {kept}")
    unchecked = replace(unchecked, queue=str(kept))
    remember(hall.places, unchecked)
    return unchecked


def _give_up(hall: Hall, release: Release, came_from: Release | None, unchecked: Unchecked, why: str) -> NoReturn:
    """Go back, and raise CannotInstall in any case; what is left standing is started."""
    if hall.booted and supervisor.shuts_down():
        raise CannotInstall("this machine is shutting down: run this again when it is up")
    fails = f"version {release.version} does not run: {why}"
    if came_from is None:
        if hall.booted:
            supervisor.start()
        raise CannotInstall(f"{fails}; version {unchecked.before} is no longer there: mend that and run this again")
    try:
        go_back(hall, came_from, Path(unchecked.queue) if unchecked.queue else None)
    except (CannotInstall, OSError) as error:
        if hall.booted:
            supervisor.start()
        raise CannotInstall(f"{fails}; going back failed, too: {error}; mend that and run this again") from None
    hall.places.unchecked.unlink(missing_ok=True)
    if release.folder == came_from.folder:
        raise CannotInstall(f"{fails}; mend that and run this again")
    shutil.rmtree(release.folder, ignore_errors=True)
    raise CannotInstall(f"version {release.version} does not run, version {came_from.version} is back: {why}")

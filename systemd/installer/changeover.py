"""From the version that runs to another, and back again by itself when that one does not run.

Theory of operation. Before anything is stopped, `unchecked.json` says what ran and where its queue is kept; it goes
when the new version has been seen to run. A power cut in between leaves the file, and whoever installs again begins
from there.
"""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from . import supervisor
from .database import database_file, keep_before_upgrade, put_back, schema
from .failure import CannotInstall
from .hall import Hall
from .places import Places
from .putting_in_place import put_in_place
from .release import Release, found, switch
from .roles import ROLES
from .settings_files import write_whole
from .startup_check import what_is_wrong
from .system_files import place_system_files


@dataclass(frozen=True)
class Unchecked:
    """What an upgrade came from, as long as nobody has seen the new version run."""

    before: str
    well: tuple[str, ...]
    queue: str | None = None


def change_over(hall: Hall, release: Release, before: Release | None) -> None:
    """Let a version run; CannotInstall if it does not, and then the version before runs again."""
    unchecked = remembered(hall.places)
    if unchecked is None and before is not None and before.folder != release.folder:
        unchecked = _begun(hall, before)
    if unchecked is None:
        _first_start(hall, release)
        return
    came_from = found(hall.places.opt / unchecked.before)
    try:
        if hall.booted:
            supervisor.stop()
        unchecked = _queue_kept(hall, release, unchecked)
        put_in_place(hall, release, came_from)
        wrong = _started(hall, release)
    except (CannotInstall, OSError) as error:
        wrong = dict.fromkeys(unchecked.well or ("broker",), str(error))
    missed = {reason: None for role, reason in wrong.items() if role in (unchecked.well or wrong)}
    if missed and came_from is not None:
        _go_back(hall, release, came_from, unchecked)
        raise CannotInstall(
            f"version {release.version} does not run, version {came_from.version} is back: {'; '.join(missed)}"
        )
    for reason in dict.fromkeys(wrong.values()):
        hall.say(f"look at this, it did not run before the upgrade either: {reason}")
    hall.places.unchecked.unlink(missing_ok=True)


def remembered(places: Places) -> Unchecked | None:
    """Return what an upgrade that was cut off came from."""
    try:
        says = json.loads(places.unchecked.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Unchecked(says["before"], tuple(says["well"]), says["queue"])


def _first_start(hall: Hall, release: Release) -> None:
    """Start on a fresh machine, or see to it that all is as it should be; there is nothing to go back to."""
    put_in_place(hall, release, None)
    wrong = _started(hall, release)
    if wrong:
        raise CannotInstall("; ".join(dict.fromkeys(wrong.values())) + "; mend that and run this again")


def _begun(hall: Hall, before: Release) -> Unchecked:
    well = [role for role in hall.roles if not hall.booted or supervisor.active(ROLES[role].unit)]
    unchecked = Unchecked(before.folder.name, tuple(well))
    _remember(hall.places, unchecked)
    return unchecked


def _queue_kept(hall: Hall, release: Release, unchecked: Unchecked) -> Unchecked:
    """Keep the queue of the version before, unless an upgrade that was cut off has done so."""
    if unchecked.queue is not None or (kept := keep_before_upgrade(hall.places, release.version)) is None:
        return unchecked
    hall.say(f"the queue is kept in {kept}")
    unchecked = replace(unchecked, queue=str(kept))
    _remember(hall.places, unchecked)
    return unchecked


def _remember(places: Places, unchecked: Unchecked) -> None:
    says = {"before": unchecked.before, "well": unchecked.well, "queue": unchecked.queue}
    write_whole(places.unchecked, json.dumps(says).encode())


def _started(hall: Hall, release: Release) -> dict[str, str]:
    """Start, and return what does not run; without systemd nothing starts, and nothing is wrong."""
    if not hall.booted:
        return {}
    supervisor.start()
    hall.say(f"version {release.version} starts; it is given {hall.patience_s:g} s")
    return what_is_wrong(hall.places, hall.roles, release, hall.patience_s)


def _go_back(hall: Hall, release: Release, before: Release, unchecked: Unchecked) -> None:
    """Let the version before run again; its queue comes back where the new version has changed the tables."""
    if hall.booted:
        supervisor.stop()
    file = database_file(hall.places)
    if unchecked.queue and schema(Path(unchecked.queue)) != schema(file):
        put_back(file, Path(unchecked.queue))
        hall.say("the new version had changed the tables of the queue: it is as it was before the upgrade")
    switch(hall.places, before)
    place_system_files(hall.places, hall.roles, before)
    if hall.booted:
        supervisor.reload()
    for reason in dict.fromkeys(_started(hall, before).values()):
        hall.say(f"look at this, also after going back: {reason}")
    hall.places.unchecked.unlink(missing_ok=True)
    shutil.rmtree(release.folder, ignore_errors=True)

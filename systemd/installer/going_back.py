"""Lets the version before run again when a new one does not."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from . import supervisor
from .clients import make_accounts
from .database import other_tables, put_back
from .failure import CannotInstall
from .hall import Hall
from .putting_in_place import let_mosquitto_know, mosquitto_is_told
from .release import Release, switch
from .startup_check import started
from .system_files import place_system_files


def go_back(hall: Hall, before: Release, copy: Path | None) -> None:
    """Let the version before run again; its queue comes back where the new version has changed the tables.

    CannotInstall or OSError where that version, or its queue, cannot be had back. What else fails on the way is said.
    """
    if hall.booted:
        supervisor.stop()
    if copy is not None and other_tables(hall.places, copy):
        aside = put_back(hall.places, copy, datetime.now(UTC))
        hall.say(
            "the new version had changed the tables of the queue: it is as it was before the upgrade; "
            f"with what has happened since then it lies in {aside}"
        )
    told = mosquitto_is_told(hall.places)
    switch(hall.places, before)
    _tried(hall, lambda: place_system_files(hall.places, hall.roles, before))
    if hall.booted:
        _tried(hall, supervisor.reload)
    if "broker" in hall.roles:
        _tried(hall, lambda: make_accounts(before))
        _tried(hall, lambda: let_mosquitto_know(hall, told))
    _tried(hall, lambda: _start(hall, before))


def _start(hall: Hall, before: Release) -> None:
    for reason in dict.fromkeys(started(hall, before).values()):
        hall.say(f"look at this, also after going back: {reason}")


def _tried(hall: Hall, step: Callable[[], None]) -> None:
    try:
        step()
    except (CannotInstall, OSError) as error:
        hall.say(f"look at this, also after going back: {error}")

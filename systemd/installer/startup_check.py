"""Sees, after the start, whether everything runs that ought to."""

from . import hall_health, supervisor
from .clients import own_clients
from .hall import Hall
from .places import Places
from .rehearsal import health
from .release import Release
from .roles import ROLES


def started(hall: Hall, release: Release) -> dict[str, str]:
    """Start, and return what does not run; without systemd nothing starts, and nothing is wrong."""
    if not hall.booted:
        return {}
    supervisor.start()
    hall.say(f"version {release.version} starts; it is given {hall.patience_s:g} s")
    return what_is_wrong(hall.places, hall.roles, release, hall.patience_s)


def what_is_wrong(places: Places, roles: tuple[str, ...], release: Release, patience_s: float) -> dict[str, str]:
    """Return why each role does not run in this version, by role; nothing if all do.

    A program runs when its unit is active and steady. Where the broker is on this machine, each must also have told
    the hall so: up, or degraded by something that a restart does not mend, as a printer without paper.
    """
    units = {role: ROLES[role].unit for role in roles}
    waiting = supervisor.not_steady(list(units.values()), patience_s)
    wrong = {
        role: f"{unit} does not run: {supervisor.last_words(unit)}" for role, unit in units.items() if unit in waiting
    }
    if "broker" in roles and "broker" not in wrong:
        clients = {role: client for role, client in own_clients(places, roles).items() if role not in wrong}
        wrong |= _unheard(places, release, clients, patience_s)
    return wrong


def _unheard(places: Places, release: Release, clients: dict[str, str], patience_s: float) -> dict[str, str]:
    told = health(
        release, "mqtt://127.0.0.1:1883", places.etc / "credentials", min(patience_s, 20), list(clients.values())
    )
    return {
        role: f"{client} tells the hall {_words(told[client])}, not that version {release.version} is up"
        for role, client in clients.items()
        if not hall_health.well(told[client], release.version)
    }


def _words(told: dict[str, object] | None) -> str:
    if told is None:
        return "nothing"
    return f"{told.get('status')} in version {told.get('version')}"

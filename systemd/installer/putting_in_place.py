"""Switches to a version, and puts everything around its programs where it belongs."""

from . import supervisor
from .clients import admit_own, make_accounts, open_to_the_hall
from .database import database_file
from .hall import Hall
from .limits import not_limited
from .places import Places
from .release import Release, switch
from .settings_files import place_settings
from .system_files import enable, place_system_files, tell_devices


def put_in_place(hall: Hall, release: Release, before: Release | None) -> None:
    """Make a version the one that starts, now or at the next boot; running again changes nothing that is right."""
    told = mosquitto_is_told(hall.places)
    switch(hall.places, release)
    place_system_files(hall.places, hall.roles, release)
    for words in place_settings(hall.places, hall.roles, release, before):
        hall.say(words)
    enable(hall.places, hall.roles)
    if hall.booted:
        supervisor.reload()
        tell_devices()
    if "broker" in hall.roles:
        _arrange_mqtt(hall, release, told)


def _arrange_mqtt(hall: Hall, release: Release, told: list[bytes]) -> None:
    make_accounts(release)
    if hall.opens and (problem := open_to_the_hall(release, hall.listen)):
        hall.say(problem)
    if database_file(hall.places).exists():
        for client in admit_own(hall.places, hall.roles, release):
            hall.say(f"{client} has a password of its own now")
    let_mosquitto_know(hall, told)
    if hall.booted and (problem := not_limited(hall.places)):
        hall.say(problem)


def let_mosquitto_know(hall: Hall, told: list[bytes]) -> None:
    """Start Mosquitto anew if it is told something else than it was, or does not run."""
    if hall.booted and (mosquitto_is_told(hall.places) != told or not supervisor.active("mosquitto.service")):
        supervisor.restart_mosquitto()


def mosquitto_is_told(places: Places) -> list[bytes]:
    """Return all that Mosquitto is told of the hall, to see whether it must be started anew."""
    mosquitto = places.root / "etc/mosquitto"
    files = [*mosquitto.glob("conf.d/okienko*.conf"), *mosquitto.glob("okienko/*")]
    return [path.read_bytes() for path in sorted(files)]

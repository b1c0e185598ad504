"""Takes Okienko off the machine."""

import shutil
from collections.abc import Callable

from . import supervisor
from .commands import attempt
from .failure import CannotInstall
from .limits import lift
from .places import Places
from .settings_files import remove_settings
from .system_files import remove_system_files


def uninstall(places: Places, say: Callable[[str], None], *, purge: bool) -> None:
    """Stop and remove the programs; settings, passwords and the queue only with `purge`."""
    if not places.opt.exists() and not purge:
        raise CannotInstall(f"Okienko is not installed: there is no {places.opt}")
    booted = supervisor.is_running()
    if booted:
        supervisor.stop()
    remove_system_files(places, purge=purge)
    if booted:
        supervisor.reload()
        attempt("systemctl", "try-restart", "mosquitto.service")
        lift()
    shutil.rmtree(places.opt, ignore_errors=True)
    shutil.rmtree(places.cache, ignore_errors=True)
    if purge:
        remove_settings(places)
        shutil.rmtree(places.var, ignore_errors=True)
        attempt("userdel", "okienko")
        say("Okienko is removed, with its settings, passwords and the queue")
    else:
        say(f"Okienko is removed; the settings stay in {places.etc}, the queue in {places.var}")
        say("systemd/install --uninstall --purge takes these as well")

"""What belongs to the system around the programs: units, device names, the account, Mosquitto's settings."""

import shutil
from pathlib import Path

from .commands import attempt, run
from .places import Places
from .release import Release
from .roles import EVERY, ROLES
from .settings_files import write_whole

# What a version brings, and where it goes below the root.
_EVERYWHERE = {
    "sysusers.d/okienko.conf": "usr/local/lib/sysusers.d/okienko.conf",
    "udev/71-okienko.rules": "etc/udev/rules.d/71-okienko.rules",
    "modules-load.d/okienko.conf": "etc/modules-load.d/okienko.conf",
    "okienko.target": "usr/local/lib/systemd/system/okienko.target",
}
_TIME_WAIT = "systemd-time-wait-sync.service"
_WITH_BROKER = {
    "okienko-mosquitto.target": "usr/local/lib/systemd/system/okienko-mosquitto.target",
    "mosquitto.service.d/okienko.conf": "usr/local/lib/systemd/system/mosquitto.service.d/okienko.conf",
    "mosquitto/okienko.conf": "etc/mosquitto/conf.d/okienko.conf",
    f"{_TIME_WAIT}.d/okienko.conf": f"usr/local/lib/systemd/system/{_TIME_WAIT}.d/okienko.conf",
}
# Left when Okienko goes but its data stay: what Mosquitto knows of the devices is the office's.
_HALL = "etc/mosquitto/conf.d/okienko-hall.conf"
_ACCOUNTS = "etc/mosquitto/okienko"
_OFF = ".conf.off"


def shipped(roles: tuple[str, ...]) -> dict[str, str]:
    """Return what a version brings for these roles, and where each file goes below the root."""
    units = {ROLES[role].unit: f"usr/local/lib/systemd/system/{ROLES[role].unit}" for role in roles}
    return _EVERYWHERE | units | (_WITH_BROKER if "broker" in roles else {})


def place_system_files(places: Places, roles: tuple[str, ...], release: Release) -> None:
    """Put a version's files where the system looks for them."""
    for name, where in shipped(roles).items():
        source, target = release.system / name, places.root / where
        if source.exists():  # an older version, come back to, may lack it
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, source.read_bytes())
    hall = places.root / _HALL
    if "broker" in roles and hall.with_suffix(_OFF).exists():
        hall.with_suffix(_OFF).replace(hall)
    places.commands.mkdir(parents=True, exist_ok=True)
    for role in roles:
        command = places.commands / ROLES[role].program
        command.unlink(missing_ok=True)
        command.symlink_to(Path("/opt/okienko/current/bin") / ROLES[role].program)


def make_account(places: Places, system: Path) -> None:
    """Make the user of the programs, and the folder that only it and root read."""
    conf = places.root / _EVERYWHERE["sysusers.d/okienko.conf"]
    conf.parent.mkdir(parents=True, exist_ok=True)
    write_whole(conf, (system / "sysusers.d" / "okienko.conf").read_bytes())
    run("systemd-sysusers", conf)
    places.var.mkdir(parents=True, exist_ok=True)
    shutil.chown(places.var, "okienko", "okienko")
    places.var.chmod(0o750)


def enable(places: Places, roles: tuple[str, ...]) -> None:
    """Have the roles start with the machine."""
    units = ["okienko.target", *(ROLES[role].unit for role in roles)]
    if "broker" in roles:
        units += ["mosquitto.service", "okienko-mosquitto.target"]
    run("systemctl", f"--root={places.root}", "enable", "--quiet", *units)
    if "broker" in roles:
        # Only a machine without a clock chip waits for it, and not for long: its drop-in says so.
        attempt("systemctl", f"--root={places.root}", "enable", "--quiet", _TIME_WAIT)


def tell_devices() -> None:
    """Give the devices that are plugged in already their names and groups."""
    attempt("systemctl", "restart", "systemd-modules-load.service")
    attempt("udevadm", "control", "--reload")
    attempt("udevadm", "trigger", "--subsystem-match=tty", "--subsystem-match=input", "--subsystem-match=usbmisc")


def remove_system_files(places: Places, *, purge: bool) -> None:
    """Remove what `place_system_files` put there."""
    wants = places.root / "etc/systemd/system/okienko.target.wants"
    shutil.rmtree(wants, ignore_errors=True)
    (places.root / "etc/systemd/system/multi-user.target.wants/okienko.target").unlink(missing_ok=True)
    if (places.root / _WITH_BROKER[f"{_TIME_WAIT}.d/okienko.conf"]).exists():
        # First: without the drop-in it waits for ever where there is no network, and what waits for the time with it.
        attempt("systemctl", f"--root={places.root}", "disable", "--quiet", _TIME_WAIT)
    for where in shipped(EVERY).values():
        target = places.root / where
        target.unlink(missing_ok=True)
        if target.parent.name.endswith(".service.d") and target.parent.is_dir() and not any(target.parent.iterdir()):
            target.parent.rmdir()
    for role in ROLES.values():
        (places.commands / role.program).unlink(missing_ok=True)
    hall = places.root / _HALL
    if purge:
        for file in (hall, hall.with_suffix(_OFF)):
            file.unlink(missing_ok=True)
        shutil.rmtree(places.root / _ACCOUNTS, ignore_errors=True)
    elif hall.exists():
        # Without the accounts beside it Mosquitto would let the whole network in.
        hall.replace(hall.with_suffix(_OFF))

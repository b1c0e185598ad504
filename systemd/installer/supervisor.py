"""systemd, where it runs: starts, stops and watches the units."""

import time
from pathlib import Path

from .commands import attempt, run


def is_running() -> bool:
    """Whether systemd runs this machine; in a chroot it does not, and units start at the next boot."""
    return Path("/run/systemd/system").is_dir()


def shuts_down() -> bool:
    """Whether the machine is on its way down: then nothing starts any more, and that is no version's fault."""
    return attempt("systemctl", "is-system-running").stdout.strip() == "stopping"


def reload() -> None:
    """Read the units again."""
    run("systemctl", "daemon-reload")


def stop() -> None:
    """Stop all of Okienko that runs."""
    attempt("systemctl", "stop", "okienko.target", "okienko-*.service")


def start() -> None:
    """Start all of Okienko that is enabled; what fails is seen later, by who looks at it."""
    attempt("systemctl", "start", "--no-block", "okienko.target")


def restart_mosquitto() -> None:
    """Have Mosquitto read its settings anew."""
    run("systemctl", "restart", "mosquitto.service", advice="journalctl -u mosquitto says more")


def active(unit: str) -> bool:
    """Whether the unit runs, and has said that it is ready."""
    return attempt("systemctl", "is-active", "--quiet", unit).returncode == 0


def restarts(unit: str) -> int:
    """Return how often systemd had to start the unit again."""
    said = attempt("systemctl", "show", "-p", "NRestarts", "--value", unit).stdout.strip()
    return int(said) if said.isdigit() else 0


def last_words(unit: str) -> str:
    """Return what the unit's program said last."""
    said = attempt("journalctl", "-u", unit, "-n", "20", "-o", "cat", "--no-pager").stdout
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    systemd = (unit, "Started ", "Starting ", "Stopped ", "Stopping ", "Failed ", "Scheduled ")
    own = [line for line in lines if not line.startswith(systemd)]
    return own[-1] if own else "it said nothing"


def not_steady(units: list[str], patience_s: float, steady_s: float = 3.0) -> list[str]:
    """Wait until every unit is active and has stayed so; return those that are not when patience ends."""
    until = time.monotonic() + patience_s
    steady_since = dict.fromkeys(units, time.monotonic())
    counted = {unit: restarts(unit) for unit in units}
    while True:
        now = time.monotonic()
        for unit in units:
            if not active(unit) or restarts(unit) != counted[unit]:
                counted[unit] = restarts(unit)
                steady_since[unit] = now
        waiting = [unit for unit in units if now - steady_since[unit] < steady_s]
        if not waiting or now > until:
            return waiting
        time.sleep(0.5)

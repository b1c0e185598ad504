"""The Mosquitto that runs on this machine: have it read its files again."""

import os
import signal
from pathlib import Path

PID_FILE = "/run/mosquitto/mosquitto.pid"  # as Bookworm's mosquitto.conf has it; Trixie's has none
CONFIGURATION = "/etc/mosquitto/mosquitto.conf"


def reread(pid_file: Path) -> bool:
    """Have Mosquitto read accounts, rights and certificate again; False if none runs.

    Whoever has no account any more, or another password, is put out at once.
    """
    try:
        pid = serving(CONFIGURATION) if _is_trixies(pid_file) else int(pid_file.read_text())
        # A pid file may outlive its process; its number may be anybody's by now.
        if Path(f"/proc/{pid}/comm").read_text().strip() != "mosquitto":
            return False
        os.kill(pid, signal.SIGHUP)
    except (OSError, ValueError):
        return False
    return True


def serving(configuration: str) -> int:
    """Return the process of the Mosquitto that was started with this file; ValueError if none was."""
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = command.read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue  # it has just ended
        if configuration in words and Path(words[0]).name == "mosquitto":
            return int(command.parent.name)
    raise ValueError(f"no Mosquitto runs with {configuration}")


def _is_trixies(pid_file: Path) -> bool:
    return str(pid_file) == PID_FILE and not pid_file.exists()

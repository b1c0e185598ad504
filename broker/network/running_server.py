"""The Mosquitto that runs on this machine: have it read its files again."""

import os
import signal
from pathlib import Path

PID_FILE = "/run/mosquitto/mosquitto.pid"  # as Debian's mosquitto.conf has it


def reread(pid_file: Path) -> bool:
    """Have Mosquitto read accounts, rights and certificate again; False if none runs.

    Whoever has no account any more, or another password, is put out at once.
    """
    try:
        pid = int(pid_file.read_text())
        # A pid file may outlive its process; its number may be anybody's by now.
        if Path(f"/proc/{pid}/comm").read_text().strip() != "mosquitto":
            return False
        os.kill(pid, signal.SIGHUP)
    except (OSError, ValueError):
        return False
    return True

"""A machine that is booted: its own systemd as process 1, in a container without a network."""

import subprocess
import time

OFF_SCREEN = """[Unit]
Conflicts=
[Service]
Environment=SDL_VIDEODRIVER=offscreen SDL_AUDIODRIVER=dummy LIBGL_ALWAYS_SOFTWARE=1
"""
PATIENCE_S = 180


class Container:
    """A booted tree; programs are run in it as on its console."""

    def __init__(self, root):
        self.root = root
        self._log = (root.parent / "boot.log").open("ab")
        words = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--private-network", "--console=pipe"]
        self._nspawn = subprocess.Popen(
            [*words, f"--directory={root}", "--boot"], stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log
        )
        assert wait(self._first_process, 60), "systemd-nspawn started nothing"
        assert wait(lambda: self.systemctl("is-system-running") in {"running", "degraded", "starting"}, 60)

    def _first_process(self):
        found = subprocess.run(
            ["pgrep", "-P", str(self._nspawn.pid)], capture_output=True, text=True, check=False
        ).stdout.split()
        self._leader = found[0] if found else None
        return self._leader

    def attempt(self, *words, seconds=600):
        environment = [
            "env",
            "-i",
            "HOME=/root",
            "LANG=C.UTF-8",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin",
        ]
        return subprocess.run(
            ["nsenter", "-t", self._leader, "-m", "-u", "-i", "-n", "-p", "-r", "-w", *environment, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )

    def run(self, *words, status=0, seconds=600):
        answer = self.attempt(*words, seconds=seconds)
        assert answer.returncode == status, f"{words}: {answer.returncode}\n{answer.stdout}{answer.stderr}"
        return answer.stdout + answer.stderr

    def systemctl(self, *words):
        return self.attempt("systemctl", *words).stdout.strip()

    def shows(self, unit, key):
        return self.systemctl("show", "-p", key, "--value", unit)

    def all_active(self, units):
        return all(self.shows(unit, "ActiveState") == "active" for unit in units)

    def journal(self, unit, lines=15):
        return self.attempt("journalctl", "-u", unit, "-n", str(lines), "-o", "cat", "--no-pager").stdout

    def power_off(self):
        self.attempt("systemctl", "poweroff")
        try:
            self._nspawn.wait(60)
        except subprocess.TimeoutExpired:
            self._nspawn.kill()
            self._nspawn.wait(20)
        self._log.close()


def wait(condition, seconds=PATIENCE_S):
    """Return the condition's value once it is true, or what it was when the time was over."""
    until = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < until:
        time.sleep(0.25)
    return found

"""Starts the programs of a machine on which systemd does not run, by the command lines of their units.

User, groups, environment, folders and command are read from the units as they are installed; only what draws is told
to draw off screen, since there is no screen. Sandboxing and watchdog need systemd: they are proved elsewhere.
"""

import configparser
import os
import shlex
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

UNITS = Path("/usr/local/lib/systemd/system")
ORDER = ("broker", "kiosk", "display", "desk")
OFF_SCREEN = {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy", "LIBGL_ALWAYS_SOFTWARE": "1"}
RUN = "/run"


class Keys(dict):
    """A unit's keys, where one that comes again is added to the first."""

    def __setitem__(self, key, value):
        if key in self and isinstance(value, list):
            value = [*self[key], *value]
        super().__setitem__(key, value)


def service(name):
    parser = configparser.ConfigParser(strict=False, interpolation=None, dict_type=Keys)
    parser.optionxform = str
    parser.read(UNITS / f"okienko-{name}.service", encoding="utf-8")
    return parser["Service"]


def command(name):
    """Return the words that start a unit's program as its user, and its environment."""
    unit = service(name)
    groups = ",".join([unit["Group"], *unit.get("SupplementaryGroups", "").split()])
    become = ["setpriv", f"--reuid={unit['User']}", f"--regid={unit['Group']}", f"--groups={groups}", "--"]
    words = shlex.split(unit.get("Environment", "").replace("%t", RUN).replace("\n", " "))
    environment = {"PATH": os.environ["PATH"], **dict(word.split("=", 1) for word in words)}
    for key, root in (("StateDirectory", "/var/lib"), ("CacheDirectory", "/var/cache"), ("RuntimeDirectory", RUN)):
        folder = Path(root) / unit[key]
        folder.mkdir(parents=True, exist_ok=True)
        shutil.chown(folder, unit["User"], unit["Group"])
        environment[key.replace("Directory", "_DIRECTORY").upper()] = str(folder)
    words = shlex.split(unit["ExecStart"])
    if name in {"kiosk", "display"}:
        environment |= OFF_SCREEN
        words += ["--screen", "any"]  # the installed settings force the screen itself
    return [*become, *words], environment, unit["WorkingDirectory"]


@contextmanager
def running(names=ORDER):
    """Run Mosquitto with the system's configuration, and the programs of these units, until the block ends."""
    Path("/run/mosquitto").mkdir(parents=True, exist_ok=True)
    shutil.chown("/run/mosquitto", "mosquitto")
    log = Path(tempfile.mkdtemp(prefix="okienko-units-"))
    started = [start(["mosquitto", "-c", "/etc/mosquitto/mosquitto.conf"], dict(os.environ), "/", log / "mosquitto")]
    time.sleep(1)
    try:
        started.extend(start(*command(name), log / name) for name in names)
        yield log
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(120)


def start(words, environment, folder, log):
    with log.open("wb") as said:
        return subprocess.Popen(
            words, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )

"""Sees the new broker start with this office and this queue, before anything is stopped."""

import json
import queue
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from . import hall_health
from .commands import run
from .database import backed_up, database_file
from .failure import CannotInstall
from .owner_rights import rights_of_owner
from .places import Places
from .release import Release

_TELLS_URL = re.compile(r"MQTT on (mqtt://\S+)")


def rehearse(places: Places, release: Release, patience_s: float) -> None:
    """Start the new broker on a copy of the queue with a private Mosquitto; CannotInstall if it does not get up.

    On a fresh machine it starts on the queue itself, which it thereby makes.
    """
    file = database_file(places)
    with _folder_for_it(places) as folder:
        with rights_of_owner(places.var):
            used = backed_up(file, folder / "hall.db") if file.exists() else file
        _start_and_listen(places, release, used, folder, patience_s)


@contextmanager
def _folder_for_it(places: Places) -> Iterator[Path]:
    with rights_of_owner(places.var):
        folder = tempfile.TemporaryDirectory(prefix="rehearsal-", dir=places.var, ignore_cleanup_errors=True)
    try:
        yield Path(folder.name)
    finally:
        with rights_of_owner(places.var):
            folder.cleanup()


def _start_and_listen(places: Places, release: Release, file: Path, folder: Path, patience_s: float) -> None:
    command = [
        *("setpriv", "--reuid=okienko", "--regid=okienko", "--init-groups", "--pdeathsig=KILL", "--"),
        *(str(release.folder / "bin" / "okienko-broker"), "--config", str(places.etc / "broker.toml")),
        *("--database", f"sqlite:///{file}", "--mqtt", "embedded"),
    ]
    broker = subprocess.Popen(  # noqa: S603 - our own words
        command,
        cwd=folder,
        umask=0o077,  # as its unit: on a fresh machine it makes the queue
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    lines: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_pass_on, args=(broker, lines), daemon=True).start()
    try:
        url = _url(lines, said, patience_s)
        if url is None or not _is_up(release, url, patience_s):
            why = next((line for line in reversed(said) if line.strip()), f"it says nothing for {patience_s:g} s")
            raise CannotInstall(f"the broker of version {release.version} does not start: {why.strip()}")
    finally:
        broker.terminate()
        try:
            broker.wait(20)
        except subprocess.TimeoutExpired:
            broker.kill()


def _pass_on(broker: "subprocess.Popen[str]", lines: "queue.Queue[str | None]") -> None:
    for line in broker.stdout or ():
        lines.put(line)
    lines.put(None)


def _url(lines: "queue.Queue[str | None]", said: list[str], patience_s: float) -> str | None:
    """Return where the broker says that its MQTT is; None if it ends, or is silent, before."""
    try:
        while (line := lines.get(timeout=patience_s)) is not None:
            said.append(line)
            if found := _TELLS_URL.search(line):
                return found[1]
    except queue.Empty:
        pass
    return None


def _is_up(release: Release, url: str, patience_s: float) -> bool:
    answer = health(release, url, Path("/nonexistent"), patience_s, ["broker"])
    return hall_health.well(answer["broker"], release.version)


def health(
    release: Release, url: str, credentials: Path, patience_s: float, clients: list[str]
) -> dict[str, dict[str, Any] | None]:
    """Return what the programs tell of themselves, waiting until all are well or patience ends."""
    script = release.system / "installer" / "hall_health.py"
    said = run(release.python, script, url, credentials, str(patience_s), release.version, *clients)
    return dict(json.loads(said))

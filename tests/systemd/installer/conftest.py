"""A machine in a folder, and versions on it that only look like Okienko."""

import json
import os

import pytest

from broker.store.database import open_database
from systemd.installer.hall import Hall
from systemd.installer.places import Places
from systemd.installer.release import Release
from tests.systemd.installer.queue_files import give

UNIT = "[Service]\nExecStart=/bin/true\n\n[Install]\nWantedBy=okienko.target\n"


@pytest.fixture
def places(tmp_path):
    places = Places(tmp_path)
    for folder in (places.opt, places.etc, places.var):
        folder.mkdir(parents=True)
    return places


@pytest.fixture
def make_release(places):
    """Make a version in its folder; `config` is what its example of display.toml says."""

    def make(version, config="id = 'display-1'\n", complete=True):
        folder = places.opt / version
        files = {
            "bin/python": "",
            "system/okienko-display.service": UNIT + f"# {version}\n",
            "system/okienko.target": "[Install]\nWantedBy=multi-user.target\n",
            "system/config/display.toml": config,
            "system/config/broker.toml": "# broker\n",
            "lib/python3.11/site-packages/broker/sample_office.toml": f"# office of {version}\n",
        }
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        if complete:
            (folder / ".complete").write_text(json.dumps({"version": version, "digest": f"of {version}"}))
        return Release(folder.resolve(), version, f"of {version}")

    return make


@pytest.fixture
def said():
    return []


@pytest.fixture
def wall(places, said):
    """A machine that is a wall, in a chroot where systemd does not run."""
    return Hall(places, ("display",), opens=False, listen=None, booted=False, patience_s=1.0, say=said.append)


@pytest.fixture
def office(places, said):
    """A broker's machine on which systemd runs; nothing that it starts gets up."""
    return Hall(places, ("broker",), opens=False, listen=None, booted=True, patience_s=0.1, say=said.append)


@pytest.fixture
def queue(places):
    """The hall's queue, in which two tickets were given."""
    file = places.var / "hall.db"
    open_database(f"sqlite:///{file}").close()
    give(file, "D001", "D002")
    return file


@pytest.fixture
def systemctl(tmp_path_factory, monkeypatch):
    """The words of each call of systemctl; `state` says what the whole machine does."""
    folder = tmp_path_factory.mktemp("commands")
    (folder / "state").write_text("running")
    (folder / "log").touch()
    script = f"""#!/bin/sh
echo "$*" >> {folder}/log
case "$1" in
    is-system-running) cat {folder}/state ;;
    is-active) exit 3 ;;
esac
"""
    for name in ("systemctl", "udevadm", "journalctl"):
        (folder / name).write_text(script if name == "systemctl" else "#!/bin/sh\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


@pytest.fixture
def make_broker_release(make_release):
    """Make a version whose broker gives Mosquitto rights of its own; `then` is what else its command does."""

    def make(version, places, then=""):
        release = make_release(version)
        acl = places.root / "etc/mosquitto/okienko/acl"
        acl.parent.mkdir(parents=True, exist_ok=True)
        command = release.folder / "bin" / "okienko-broker"
        command.write_text(f"#!/bin/sh\n[ $1 = accounts ] || exit 0\necho 'rights of {version}' > {acl}\n{then}\n")
        command.chmod(0o755)
        return release

    return make

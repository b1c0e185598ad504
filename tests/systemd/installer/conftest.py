"""A machine in a folder, and versions on it that only look like Okienko."""

import json

import pytest

from systemd.installer.hall import Hall
from systemd.installer.places import Places
from systemd.installer.release import Release

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

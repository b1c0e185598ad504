"""Versions of Okienko that are still to come: one that works, and some that do not."""

import json
import shutil
import subprocess
import sys

from systemd.installer.kit import copy_system
from systemd.installer.lock import names_of, picked
from tests.proof.install.trees import ROOT

PLATFORMS = ("manylinux2014", "manylinux_2_17", "manylinux_2_28", "manylinux_2_34")
PROGRAMS = ("broker", "kiosk", "display", "desk_terminal")
DEAD = 'raise SystemExit("okienko-broker: this version does not start")\n'
# Starts where it is tried, and not as the service: and by then it has changed the tables.
DEAD_IN_THE_HALL = """
import os
import sqlite3
import sys

if "NOTIFY_SOCKET" in os.environ:
    with sqlite3.connect("/var/lib/okienko/hall.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.execute("DELETE FROM events")
    sys.exit("okienko-broker: this version does not start in the hall")
"""


def kit_of(kit, version, folder, broker_begins_with=""):
    """Make the kit of a later version out of a kit: the same dependencies, another wheel of Okienko."""
    source = folder / f"source-{version}"
    for name in PROGRAMS:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    was = json.loads((kit / "kit.json").read_text())["version"]
    assert f'version = "{was}"' in project
    (source / "pyproject.toml").write_text(project.replace(f'version = "{was}"', f'version = "{version}"'))
    main = source / "broker" / "__main__.py"
    main.write_text(broker_begins_with + main.read_text(encoding="utf-8"))
    later = folder / f"okienko-{version}"
    shutil.copytree(kit, later)
    (wheel,) = (later / "wheels").glob("okienko-*.whl")
    wheel.unlink()
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(later / "wheels")]
    subprocess.run(words, cwd=source, check=True, capture_output=True, timeout=120)
    about = json.loads((later / "kit.json").read_text())
    (later / "kit.json").write_text(json.dumps(about | {"version": version}))
    shutil.rmtree(source)
    return later


def broker_kit(folder, python, machine):
    """Make, on this machine, the bundle of a broker for another: none of its packages asks which processor there is."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    copy_system(ROOT / "systemd", folder / "systemd")
    lock = picked((ROOT / "requirements.lock").read_text(), names_of(["broker"], ROOT / "systemd" / "roles"))
    (folder / "requirements.lock").write_text(lock)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes"]
    target = ["--python-version", python, *(word for name in PLATFORMS for word in ("--platform", f"{name}_{machine}"))]
    for words in (
        [*pip, *target, "-r", str(folder / "requirements.lock"), "-d", str(wheels)],
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)],
    ):
        subprocess.run(words, cwd=ROOT, check=True, capture_output=True, timeout=900)
    version = next(wheels.glob("okienko-*.whl")).name.split("-")[1]
    (folder / "kit.json").write_text(json.dumps({"version": version, "python": python, "machine": machine}))

"""Versions of Okienko that are still to come: one that works, and some that do not."""

import json
import shutil
import subprocess
import sys

from tests.proof.install.trees import ROOT

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

"""The command as a caretaker types it."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from systemd.installer.arguments import parse
from systemd.installer.roles import EVERY, packages, remembered

INSTALL = Path(__file__).parents[3] / "systemd" / "install"


# The system's own, as on a machine on which nothing is installed yet.
PYTHON = "/usr/bin/python3" if Path("/usr/bin/python3").exists() else sys.executable


def install(*words, command=INSTALL, **options):
    return subprocess.run([PYTHON, command, *words], capture_output=True, text=True, check=False, timeout=60, **options)


@pytest.fixture
def in_everybody_s_sight():
    """The command where others than the owner of this copy may read it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        shutil.copytree(INSTALL.parent, Path(folder) / "systemd")
        yield Path(folder) / "systemd" / "install"


def test_help_names_every_option():
    said = install("--help").stdout
    for option in ("--role", "--from", "--listen", "--patience", "--uninstall", "--purge", "--bundle-to"):
        assert option in said


def test_all_is_every_role_and_roles_add_up():
    assert parse(["--role", "all"]).roles == EVERY
    assert parse(["--role", "desk", "--role", "kiosk"]).roles == ("kiosk", "desk")


def test_the_queue_is_not_thrown_away_by_one_word_too_many():
    answer = install("--purge")
    assert (answer.returncode, answer.stderr.splitlines()[-1]) == (2, "install: error: --purge goes with --uninstall")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_who_is_no_administrator_reads_what_to_do(in_everybody_s_sight):
    answer = install("--role", "all", command=in_everybody_s_sight, user=65534, group=65534)
    assert answer.returncode == 1
    assert answer.stderr == "okienko: only an administrator can do this: put sudo before the command\n"


def test_a_wall_needs_no_mosquitto_and_a_broker_no_loudspeaker():
    assert "mosquitto" not in packages(("display",), compiles=False)
    assert "alsa-utils" not in packages(("broker",), compiles=False)


def test_an_upgrade_needs_no_role_as_the_machine_remembers_its_own(tmp_path):
    (tmp_path / "roles").write_text("broker desk\n")
    assert remembered(tmp_path / "roles") == ("broker", "desk")
    assert remembered(tmp_path / "none") == ()

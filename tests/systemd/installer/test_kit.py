"""A folder with everything that an installation takes, made here or brought on a stick."""

import hashlib
import json
import sys

import pytest

from systemd.installer.debian import suite_and_machine
from systemd.installer.failure import CannotInstall
from systemd.installer.kit import gathered, opened
from systemd.installer.lock import hashes

SOURCE = b"evdev 2.0.0, as locked"
MADE = "evdev-2.0.0-cp311-cp311-linux_aarch64.whl"
# What pip leaves in the folder, on a machine that may not ask the internet.
PIP = f"""#!{sys.executable}
import sys
from pathlib import Path

verb, *_, last = sys.argv[1:]
folder = Path(sys.argv[sys.argv.index("-d" if verb == "download" else "-w") + 1])
if verb == "download":
    (folder / "evdev-2.0.0.tar.gz").write_bytes({SOURCE!r})
else:
    made = {MADE!r} if last.endswith("evdev-2.0.0.tar.gz") else Path(last).name + "-py3-none-any.whl"
    (folder / made).write_text(last)
"""


@pytest.fixture
def pip(tmp_path):
    program = tmp_path / "pip"
    program.write_text(PIP)
    program.chmod(0o755)
    return program


@pytest.fixture
def checkout(tmp_path):
    checkout = tmp_path / "okienko-0.2.0"
    (checkout / "systemd" / "roles").mkdir(parents=True)
    (checkout / "systemd" / "roles" / "desk.txt").write_text("evdev\n")
    locked = f"evdev==2.0.0 \\\n    --hash=sha256:{hashlib.sha256(SOURCE).hexdigest()}\n"
    (checkout / "requirements.lock").write_text(locked)
    return checkout


def in_folder(folder):
    return sorted(path.name for path in (folder / "wheels").iterdir())


def test_what_an_older_checkout_left_in_the_folder_does_not_stop_a_newer_one(checkout, pip, tmp_path):
    folder = tmp_path / "kit"
    (folder / "wheels").mkdir(parents=True)
    older = ("evdev-1.9.0-cp311-cp311-linux_aarch64.whl", "evdev-1.9.0.tar.gz", "okienko-0.1.0-py3-none-any.whl")
    for name in (*older, MADE.replace("cp311", "cp39")):
        (folder / "wheels" / name).write_text("of another day")
    for _ in range(2):
        assert gathered(checkout, folder, ("desk",), pip).version == "0.2.0"
        assert in_folder(folder) == [MADE, "okienko-0.2.0-py3-none-any.whl"]
    made = hashlib.sha256((folder / "wheels" / MADE).read_bytes()).hexdigest()
    assert made in hashes((folder / "requirements.lock").read_text())
    assert opened(folder).version == "0.2.0"


@pytest.mark.parametrize(
    "says",
    [
        b"",
        b'{"version": "0.2.0", "pyth',
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"python": "3.11", "machine": "aarch64"}',
        b'{"version": null, "python": "3.11", "machine": "aarch64"}',
    ],
)
def test_a_bundle_that_was_copied_by_halves_is_refused_in_one_line(tmp_path, says):
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "okienko-0.2.0-py3-none-any.whl").touch()
    (tmp_path / "kit.json").write_bytes(says)
    with pytest.raises(CannotInstall, match=r"kit\.json is not whole: copy the bundle once more") as refused:
        opened(tmp_path)
    assert "\n" not in str(refused.value)


def test_a_bundle_for_another_kind_of_machine_is_refused(tmp_path):
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "okienko-0.2.0-py3-none-any.whl").touch()
    python, machine = suite_and_machine()
    (tmp_path / "kit.json").write_text(json.dumps({"version": "0.2.0", "python": "2.7", "machine": "m68k"}))
    with pytest.raises(CannotInstall, match=rf"is for Python 2\.7 on m68k, this machine has {python} on {machine}"):
        opened(tmp_path)

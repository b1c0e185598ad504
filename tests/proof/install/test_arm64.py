"""The processor of a Raspberry Pi, by qemu: the broker installed from a bundle, started, one ticket given and called.

Kiosk and wall are left out: everything is thirty times slower here. Their wheels for this processor are in the lock.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from systemd.installer.kit import copy_system
from systemd.installer.lock import names_of, picked
from tests.proof.install.trees import ROOT, Machine, made, missing

NOT_HERE = missing("debootstrap", "unshare", "chroot") or (
    "" if Path("/proc/sys/fs/binfmt_misc/qemu-aarch64").exists() else "needs qemu-user-static and binfmt-support"
)
pytestmark = [pytest.mark.proof, pytest.mark.skipif(bool(NOT_HERE), reason=NOT_HERE)]
# What the wheels of a Raspberry Pi's processor are called.
PLATFORMS = [f"manylinux{name}_aarch64" for name in ("2014", "_2_17", "_2_28", "_2_34")]


@pytest.fixture
def machine(tmp_path):
    machine = Machine(made("bookworm", "arm64"), tmp_path / "bookworm-arm64")
    yield machine
    machine.remove()


def broker_kit(folder):
    """Make, on this machine, the bundle of a broker for a Raspberry Pi: none of its packages asks for a processor."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    copy_system(ROOT / "systemd", folder / "systemd")
    lock = picked((ROOT / "requirements.lock").read_text(), names_of(["broker"], ROOT / "systemd" / "roles"))
    (folder / "requirements.lock").write_text(lock)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes"]
    target = ["--python-version", "3.11", *(word for name in PLATFORMS for word in ("--platform", name))]
    for words in (
        [*pip, *target, "-r", str(folder / "requirements.lock"), "-d", str(wheels)],
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)],
    ):
        subprocess.run(words, cwd=ROOT, check=True, capture_output=True, timeout=900)
    version = next(wheels.glob("okienko-*.whl")).name.split("-")[1]
    (folder / "kit.json").write_text(json.dumps({"version": version, "python": "3.11", "machine": "aarch64"}))


def test_a_raspberry_pi_gives_a_ticket_and_calls_it(machine, report):
    broker_kit(machine.path("/kit"))
    install = ("/src/systemd/install", "--role", "broker", "--from", "/kit", "--patience", "600")
    said, took = machine.run(*install, seconds=3000)
    assert "starts at the next boot" in said
    report(f"\narm64 by qemu: install --role broker {took:.0f} s")
    python = "/opt/okienko/current/bin/python"
    said, _ = machine.run(python, "/src/tests/proof/install/inside/one_request.py", seconds=3000)
    ticket = json.loads(said.splitlines()[-1])
    assert (ticket["given"], ticket["desk"]) == (ticket["called"], "30")
    report(f"arm64 by qemu: {ticket['given']} given and called to desk {ticket['desk']} in {ticket['seconds']} s")

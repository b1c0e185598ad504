"""The processor of a Raspberry Pi, by qemu: installed for every role, one ticket from tap to wall. Half an hour."""

import json
from pathlib import Path

import pytest

from tests.proof.install.trees import Machine, made, missing

NOT_HERE = missing("debootstrap", "unshare", "chroot") or (
    "" if Path("/proc/sys/fs/binfmt_misc/qemu-aarch64").exists() else "needs qemu-user-static and binfmt-support"
)
pytestmark = [pytest.mark.proof, pytest.mark.skipif(bool(NOT_HERE), reason=NOT_HERE)]
TICKET = ("python3", "/src/tests/proof/install/inside/one_ticket.py")
SLOW = {"OKIENKO_PATIENCE_S": "900"}


@pytest.fixture
def machine(tmp_path):
    machine = Machine(made("bookworm", "arm64"), tmp_path / "bookworm-arm64")
    yield machine
    machine.remove()


def test_a_raspberry_pi_gives_a_ticket_and_calls_it(machine, report):
    said, took = machine.run("/src/systemd/install", "--role", "all", "--patience", "300", seconds=3000)
    assert "starts at the next boot" in said
    report(f"\narm64 by qemu: install --role all {took:.0f} s")
    machine.run(*TICKET, "furnish")
    said, _ = machine.run(*TICKET, "start", seconds=3000, environment=SLOW)
    called = json.loads(said.splitlines()[-1])
    assert called["desk"] == "30"
    report(f"arm64 by qemu: {called['number']} to desk {called['desk']} in {called['seconds']} s: {called['spoken']}")

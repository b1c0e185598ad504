"""The processor of a Raspberry Pi, by qemu, where everything takes thirty times as long.

A broker from a bundle that was made elsewhere, without a compiler; and all four programs from a checkout.
"""

import json
from pathlib import Path

import pytest

from tests.proof.install.trees import Machine, made, missing
from tests.proof.install.versions import broker_kit

NOT_HERE = missing("debootstrap", "unshare", "chroot", "ip") or (
    "" if Path("/proc/sys/fs/binfmt_misc/qemu-aarch64").exists() else "needs qemu-user-static and binfmt-support"
)
pytestmark = [pytest.mark.proof, pytest.mark.skipif(bool(NOT_HERE), reason=NOT_HERE)]
INSTALL = "/src/systemd/install"
TICKET = ("python3", "/src/tests/proof/install/inside/one_ticket.py")
PATIENT = {"OKIENKO_PATIENCE_S": "1800"}


@pytest.fixture
def machine(tmp_path):
    machine = Machine(made("bookworm", "arm64"), tmp_path / "bookworm-arm64")
    yield machine
    machine.remove()


def test_a_raspberry_pi_gives_a_ticket_and_calls_it(machine, report):
    broker_kit(machine.path("/kit"), "3.11", "aarch64")
    install = (INSTALL, "--role", "broker", "--from", "/kit", "--patience", "600")
    said, took = machine.run(*install, seconds=3000, online=True)  # Debian's own packages
    assert "starts at the next boot" in said
    report(f"\narm64 by qemu: install --role broker {took:.0f} s")
    python = "/opt/okienko/current/bin/python"
    said, _ = machine.run(python, "/src/tests/proof/install/inside/one_request.py", seconds=3000)
    ticket = json.loads(next(line for line in said.splitlines() if line.startswith("{")))
    assert (ticket["given"], ticket["desk"]) == (ticket["called"], "30")
    report(f"arm64 by qemu: {ticket['given']} given and called to desk {ticket['desk']} in {ticket['seconds']} s")


def test_a_raspberry_pi_for_every_role_leads_a_resident_from_the_tap_to_the_wall(machine, report):
    said, took = machine.run(INSTALL, "--role", "all", "--patience", "900", seconds=7000, online=True)
    assert "starts at the next boot" in said
    report(f"\narm64 by qemu: install --role all {took:.0f} s")
    machine.run(*TICKET, "furnish", seconds=600)
    said, _ = machine.run(*TICKET, "start", seconds=7000, environment=PATIENT)
    called = json.loads(said.splitlines()[-1])
    assert called["desk"] == "30"
    report(f"arm64 by qemu: {called['number']} to desk {called['desk']}, {called['spoken']}, {called['seconds']} s")

"""The power goes at any moment of an upgrade: a whole version stays, with the queue, and running it again ends it."""

import json
import os
import random

import pytest

from tests.proof.install.trees import Machine, made, missing
from tests.proof.install.versions import kit_of

NOT_HERE = missing("debootstrap", "unshare", "chroot", "ip")
pytestmark = [pytest.mark.proof, pytest.mark.skipif(bool(NOT_HERE), reason=NOT_HERE)]
INSTALL = "/src/systemd/install"
INSIDE = "/src/tests/proof/install/inside"
CUTS = int(os.environ.get("OKIENKO_INSTALL_CUTS", "8"))
SEED = int(os.environ.get("OKIENKO_SEED", "1"))


class Office:
    """A machine with the broker alone, and the numbers that it has given."""

    def __init__(self, machine):
        self.machine = machine
        self.tickets = []

    def gives_a_ticket(self):
        """Start the broker as its unit says; a kiosk's account is given a number, and a desk's calls it."""
        said, _ = self.machine.run("/opt/okienko/current/bin/python", f"{INSIDE}/one_request.py")
        self.tickets.append(json.loads(said.splitlines()[-1])["given"])

    def version(self):
        """Return the version that would start, which must have the whole queue."""
        said, _ = self.machine.run("python3", f"{INSIDE}/one_ticket.py", "queue")
        queue = json.loads(said.splitlines()[-1])
        assert queue["tickets"] == self.tickets
        return queue["version"]


@pytest.fixture
def office(tmp_path):
    machine = Machine(made("bookworm"), tmp_path / "bookworm")
    machine.run(INSTALL, "--role", "broker", online=True)
    machine.run(INSTALL, "--bundle-to", "/kit", online=True)
    yield Office(machine)
    machine.remove()


def test_an_upgrade_that_is_cut_off_anywhere_is_mended_by_running_it_again(office, report, tmp_path):
    chance = random.Random(SEED)
    office.gives_a_ticket()
    _, whole_s = upgrade(office, "0.2.0", tmp_path)
    stayed = {"the one before": 0, "the new one": 0}
    for cut in range(CUTS):
        before, after = f"0.{cut + 2}.0", f"0.{cut + 3}.0"
        kit(office, after, tmp_path)
        moment = whole_s * (cut + chance.random()) / CUTS
        ended = office.machine.cut_off(moment, INSTALL, "--from", f"/kit-{after}")
        version = office.version()
        assert version in {before, after}
        stayed["the new one" if version == after else "the one before"] += 1
        report(f"\ncut off after {moment:.1f} s{', when all was done' if ended else ''}: version {version} would start")
        office.gives_a_ticket()
        office.machine.run(INSTALL, "--from", f"/kit-{after}")
        assert office.version() == after
    office.gives_a_ticket()
    assert len(set(office.tickets)) == CUTS + 2
    kept = {path.name for path in office.machine.path("/opt/okienko").glob("0.*")}
    assert kept == {f"0.{CUTS + 1}.0", f"0.{CUTS + 2}.0"}
    report(f"{CUTS} upgrades cut off within {whole_s:.0f} s: {stayed}, {len(office.tickets)} tickets, none lost")


def upgrade(office, version, folder):
    kit(office, version, folder)
    return office.machine.run(INSTALL, "--from", f"/kit-{version}")


def kit(office, version, folder):
    later = kit_of(office.machine.path("/kit"), version, folder)
    later.rename(office.machine.path(f"/kit-{version}"))

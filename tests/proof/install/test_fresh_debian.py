"""A fresh Debian in a chroot: installed, one ticket from tap to wall, upgraded, gone back, removed."""

import json
import os

import pytest

from tests.proof.install.trees import Machine, made, missing
from tests.proof.install.versions import DEAD, kit_of

NOT_HERE = missing("debootstrap", "unshare", "chroot", "ip")
pytestmark = [pytest.mark.proof, pytest.mark.skipif(bool(NOT_HERE), reason=NOT_HERE)]
INSTALL = "/src/systemd/install"
TICKET = ("python3", "/src/tests/proof/install/inside/one_ticket.py")


@pytest.fixture(scope="module", params=os.environ.get("OKIENKO_SUITES", "bookworm trixie").split())
def machine(request, tmp_path_factory):
    machine = Machine(made(request.param), tmp_path_factory.mktemp("trees") / request.param)
    yield machine
    machine.remove()


def ticket(machine, word):
    said, _ = machine.run(*TICKET, word, seconds=1500)
    return json.loads(said.splitlines()[-1])


def megabytes(folder):
    return sum(path.lstat().st_size for path in folder.rglob("*")) / 1e6


def test_an_office_installs_upgrades_goes_back_and_removes(machine, report, tmp_path):
    name = machine.root.name
    said, took = machine.run(INSTALL, "--role", "all", online=True)
    assert "starts at the next boot" in said
    if name != "bookworm":  # whose udevadm cannot say
        machine.run("udevadm", "verify", "/etc/udev/rules.d/71-okienko.rules")
    report(
        f"\n{name}: install --role all {took:.0f} s, {megabytes(machine.path('/opt/okienko')):.0f} MB in /opt/okienko"
    )
    _, again = machine.run(INSTALL, online=True)
    report(f"{name}: run again {again:.0f} s")
    _, took = machine.run(INSTALL, "--bundle-to", "/kit", online=True)
    report(f"{name}: bundle {megabytes(machine.path('/kit')):.0f} MB in {took:.0f} s")
    secrets = machine.path("/etc/okienko/credentials")
    assert (
        secrets.stat().st_mode & 0o777,
        machine.path("/etc/mosquitto/okienko/passwords").stat().st_mode & 0o777,
    ) == (
        0o600,
        0o600,
    )
    before = secrets.read_bytes()

    ticket(machine, "furnish")
    first = ticket(machine, "start")
    report(
        f"{name}: programs by their units' command lines: {first['number']} to desk {first['desk']}, {first['spoken']}"
    )
    assert first["desk"] == "30"

    newer = kit_of(machine.path("/kit"), "0.2.0", tmp_path)
    newer.rename(machine.path("/kit-0.2.0"))
    own = machine.path("/etc/okienko/kiosk.toml").read_bytes()
    _, took = machine.run(INSTALL, "--from", "/kit-0.2.0")
    report(f"{name}: upgrade without internet {took:.0f} s")
    assert machine.path("/etc/okienko/kiosk.toml").read_bytes() == own
    assert secrets.read_bytes() == before
    second = ticket(machine, "start")
    queue = ticket(machine, "queue")
    assert (queue["version"], queue["tickets"]) == ("0.2.0", [first["number"], second["number"]])
    assert first["number"] != second["number"]

    dead = kit_of(machine.path("/kit"), "0.3.0", tmp_path, DEAD)
    dead.rename(machine.path("/kit-0.3.0"))
    said, took = machine.run(INSTALL, "--from", "/kit-0.3.0", status=1)
    assert said.splitlines()[-1].startswith("okienko: the broker of version 0.3.0 does not start: okienko-broker: ")
    report(f"{name}: {said.splitlines()[-1]} ({took:.0f} s, nothing was stopped)")
    assert ticket(machine, "queue") == queue
    third = ticket(machine, "start")
    assert third["number"] not in queue["tickets"]

    _, took = machine.run(INSTALL, "--uninstall")
    assert not machine.path("/opt/okienko").exists()
    assert not list(machine.path("/usr/local/lib/systemd/system").glob("okienko*"))
    assert machine.path("/var/lib/okienko/hall.db").exists()
    assert machine.path("/etc/okienko/kiosk.toml").read_bytes() == own
    machine.run(INSTALL, "--role", "all", "--from", "/kit")
    fourth = ticket(machine, "start")
    assert ticket(machine, "queue")["tickets"] == [one["number"] for one in (first, second, third, fourth)]
    machine.run(INSTALL, "--uninstall", "--purge")
    left = [name for name in ("/opt/okienko", "/etc/okienko", "/var/lib/okienko") if machine.path(name).exists()]
    assert left == []
    report(f"{name}: removed ({took:.0f} s), installed again with the same queue, removed with all that it knew")

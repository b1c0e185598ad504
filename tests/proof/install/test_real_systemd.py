"""The units under a systemd that really boots: sandboxed, in order, watched, upgraded and gone back."""

import json
import os
import time

import pytest

from tests.proof.install.container import OFF_SCREEN, Container, wait
from tests.proof.install.trees import Machine, made, missing
from tests.proof.install.versions import DEAD_IN_THE_HALL, kit_of

NOT_HERE = missing("debootstrap", "systemd-nspawn", "nsenter", "unshare")
pytestmark = [pytest.mark.proof, pytest.mark.skipif(bool(NOT_HERE), reason=NOT_HERE)]
INSTALL = "/src/systemd/install"
TICKET = ("python3", "/src/tests/proof/install/inside/one_ticket.py")
PROGRAMS = ("broker", "kiosk", "display", "desk")
UNITS = [f"okienko-{name}.service" for name in PROGRAMS]


@pytest.fixture(scope="module", params=os.environ.get("OKIENKO_SUITES", "bookworm trixie").split())
def booted(request, tmp_path_factory):
    """A machine for every role, booted; kits of later versions lie in its root."""
    folder = tmp_path_factory.mktemp("booted")
    machine = Machine(made(request.param), folder / request.param)
    machine.run(INSTALL, "--role", "all", online=True)
    machine.run(INSTALL, "--bundle-to", "/kit", online=True)
    machine.run(*TICKET, "furnish")
    kit = machine.path("/kit")
    kit_of(kit, "0.2.0", folder).rename(machine.path("/kit-0.2.0"))
    kit_of(kit, "0.3.0", folder, DEAD_IN_THE_HALL).rename(machine.path("/kit-0.3.0"))
    for name in ("kiosk", "display"):
        drop_in = machine.path(f"/etc/systemd/system/okienko-{name}.service.d/off-screen.conf")
        drop_in.parent.mkdir(parents=True)
        drop_in.write_text(OFF_SCREEN)
    container = Container(machine.root)
    yield container
    container.power_off()
    machine.remove()


@pytest.fixture
def hall(booted):
    assert wait(lambda: booted.all_active(UNITS)), "\n".join(booted.journal(unit) for unit in UNITS)
    return booted


def ticket(hall, word="watch"):
    return json.loads(hall.run(*TICKET, word).splitlines()[-1])


def main_process(hall, unit):
    return hall.shows(unit, "MainPID")


def anew(hall, unit, before):
    """Wait until the unit is active with another process than the one before."""
    return wait(lambda: main_process(hall, unit) not in {"0", before} and hall.all_active([unit]))


def test_after_a_boot_everything_runs_in_its_order_and_a_resident_is_called(hall, report):
    name = hall.root.name
    ready = {
        unit: int(hall.shows(unit, "ActiveEnterTimestampMonotonic")) / 1e6 for unit in ["mosquitto.service", *UNITS]
    }
    began = {unit: int(hall.shows(unit, "ExecMainStartTimestampMonotonic")) / 1e6 for unit in UNITS}
    assert ready["mosquitto.service"] <= began["okienko-broker.service"]
    assert all(ready["okienko-broker.service"] <= began[unit] for unit in UNITS[1:])
    report(
        f"\n{name}: ready after the start of Mosquitto: "
        + ", ".join(
            f"{unit.removesuffix('.service')} {ready[unit] - ready['mosquitto.service']:.1f} s" for unit in UNITS
        )
    )
    for unit in UNITS:
        said = hall.run("systemd-analyze", "security", "--no-pager", unit).splitlines()[-1]
        report(f"{name}: {said.strip('→ ').strip()}")
    assert hall.systemctl("list-units", "--failed", "--no-legend", "okienko*") == ""
    called = ticket(hall)
    assert called["desk"] == "30"
    report(f"{name}: {called['number']} to desk {called['desk']}: {called['spoken']}")


def test_a_program_that_is_killed_is_back_at_once(hall, report):
    for unit in UNITS:
        before = main_process(hall, unit)
        began = time.monotonic()
        hall.run("sh", "-c", f"kill -KILL {before}")
        assert anew(hall, unit, before), hall.journal(unit)
        report(f"{hall.root.name}: {unit} killed, ready again after {time.monotonic() - began:.1f} s")


def test_a_program_that_hangs_is_started_anew_by_its_watchdog(hall, report):
    before = {unit: main_process(hall, unit) for unit in UNITS}
    began = time.monotonic()
    hall.run("sh", "-c", f"kill -STOP {' '.join(before.values())}")
    for unit in UNITS:
        assert anew(hall, unit, before[unit]), hall.journal(unit)
        report(f"{hall.root.name}: {unit} stood still, ready again after {time.monotonic() - began:.1f} s")
        assert "watchdog" in hall.journal(unit, 60).lower()


def test_what_another_machine_may_send_is_limited_before_mosquitto_listens(hall, report):
    hall.run("okienko-broker", "certificates", "--listen", "lo")
    hall.run("systemctl", "restart", "mosquitto")
    told = hall.run("nft", "list", "table", "inet", "okienko")
    assert "tcp dport 8883 jump from_hall" in told
    report(f"{hall.root.name}: " + next(line.strip() for line in told.splitlines() if "kbytes/second" in line))
    assert wait(lambda: hall.all_active(UNITS))
    assert ticket(hall)["desk"] == "30"


def test_an_upgrade_that_runs_stays(hall, report):
    limits = hall.root / "etc/mosquitto/okienko/hall.nft"
    limits.unlink()
    hall.run("nft", "delete", "table", "inet", "okienko")
    before = ticket(hall, "queue")
    began = time.monotonic()
    said = hall.run(INSTALL, "--from", "/kit-0.2.0")
    report(f"{hall.root.name}: upgrade {time.monotonic() - began:.0f} s: {said.splitlines()[-1]}")
    assert hall.all_active(UNITS)
    after = ticket(hall, "queue")
    assert after["version"] == "0.2.0"
    assert after["tickets"][: len(before["tickets"])] == before["tickets"]
    assert limits.exists(), "a version from before there were limits gets them"
    hall.run("nft", "list", "table", "inet", "okienko")


def test_an_upgrade_whose_broker_dies_in_the_hall_goes_back_with_the_queue(hall, report):
    before = ticket(hall, "queue")
    began = time.monotonic()
    said = hall.run(INSTALL, "--from", "/kit-0.3.0", "--patience", "15", status=1)
    report(f"{hall.root.name}: failed upgrade {time.monotonic() - began:.0f} s: {said.splitlines()[-1]}")
    assert "version 0.3.0 does not run, version 0.2.0 is back" in said
    assert "had changed the tables" in said
    assert wait(lambda: hall.all_active(UNITS))
    after = ticket(hall, "queue")
    assert (after["version"], after["tables"]) == ("0.2.0", before["tables"])
    assert after["tickets"][: len(before["tickets"])] == before["tickets"]
    assert not hall.root.joinpath("opt/okienko/0.3.0").exists()


def test_running_the_installer_again_stops_nobody(hall, report):
    before = {unit: main_process(hall, unit) for unit in UNITS}
    hall.run(INSTALL, "--from", "/kit-0.2.0")
    assert {unit: main_process(hall, unit) for unit in UNITS} == before
    report(f"{hall.root.name}: run again, every program is the one that it was")

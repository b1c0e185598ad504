"""The units as systemd reads them, and as the programs are."""

import configparser
import grp
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from broker.contract.settings import read_settings
from broker.settings import DEFAULTS as BROKER_DEFAULTS
from broker.settings import Settings as BrokerSettings

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "systemd"
INSTALLED = "/opt/okienko/current/bin"
SERVICES = sorted(UNITS.glob("*.service"))
EVERY_UNIT = [*SERVICES, *sorted(UNITS.glob("*.target"))]
PACKAGES = {"broker": "broker", "kiosk": "kiosk", "display": "display", "desk": "desk_terminal"}

needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")


def read(unit):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(unit)
    return parser


def command(service):
    return read(service)["Service"]["ExecStart"].split()


def program(service):
    return service.stem.removeprefix("okienko-")


@pytest.fixture
def staged(tmp_path):
    """The folder of the units as they would be installed and enabled, with the programs of this virtual environment."""
    folder = tmp_path / "etc" / "systemd" / "system"
    folder.mkdir(parents=True)
    for unit in EVERY_UNIT:
        text = unit.read_text(encoding="utf-8").replace(INSTALLED, str(Path(sys.executable).parent))
        (folder / unit.name).write_text(text, encoding="utf-8")
    shutil.copytree(UNITS / "mosquitto.service.d", folder / "mosquitto.service.d")
    for unit in EVERY_UNIT:
        subprocess.run(
            ["systemctl", f"--root={tmp_path}", "enable", unit.name], check=True, capture_output=True, timeout=60
        )
    return folder


def verify(folder, *units):
    return subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(folder / unit) for unit in units)],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{folder}:"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@needs_systemd
def test_systemd_has_nothing_to_say_about_any_unit(staged):
    answer = verify(staged, *(unit.name for unit in EVERY_UNIT), "mosquitto.service")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


@needs_systemd
def test_systemd_has_nothing_to_say_where_mosquitto_runs_on_another_machine(staged):
    (staged / "okienko.target.wants" / "okienko-mosquitto.target").unlink()
    answer = verify(staged, "okienko.target")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")


@needs_systemd
@pytest.mark.parametrize(
    ("unit", "right", "wrong"),
    [
        ("okienko-broker.service", "Restart=", "Restrat="),
        # A target comes after what is part of it, so this would have the target wait for itself.
        ("okienko-mosquitto.target", "After=mosquitto.service", "After=mosquitto.service\nPartOf=okienko.target"),
    ],
)
def test_a_unit_with_a_mistake_would_be_found(staged, unit, right, wrong):
    broken = staged / unit
    text = broken.read_text(encoding="utf-8")
    assert right in text
    broken.write_text(text.replace(right, wrong), encoding="utf-8")
    assert verify(staged, "okienko.target", unit).stderr


def test_every_program_has_its_unit():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert sorted(command(service)[0] for service in SERVICES) == sorted(f"{INSTALLED}/{name}" for name in scripts)


@pytest.mark.parametrize("service", SERVICES, ids=program)
def test_a_program_knows_every_option_of_its_unit(service):
    executable, *words = command(service)
    options = [word.partition("=")[0] for word in words if word.startswith("--")]
    shown = subprocess.run(
        [Path(sys.executable).parent / Path(executable).name, "--help"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    assert options
    assert all(option in shown.split() for option in options)


@pytest.mark.parametrize("service", SERVICES, ids=program)
def test_a_program_takes_the_settings_that_its_unit_names(service):
    words = command(service)
    installed = Path(words[words.index("--config") + 1])
    assert installed.parent == Path("/etc/okienko")
    package = PACKAGES[program(service)]
    kind = import_module(f"{package}.settings").Settings
    settings = read_settings(
        kind, ROOT / package / "default.toml", service.stem, ["--config", str(UNITS / "config" / installed.name)]
    )
    assert settings.mqtt == "mqtt://127.0.0.1:1883"


def test_the_queue_lies_where_its_unit_may_write():
    settings = read_settings(
        BrokerSettings, BROKER_DEFAULTS, "broker", ["--config", str(UNITS / "config" / "broker.toml")]
    )
    unit = read(UNITS / "okienko-broker.service")["Service"]
    assert unit["StateDirectory"] == "okienko"
    assert settings.database.removeprefix("sqlite:///").startswith(unit["WorkingDirectory"] + "/")


@pytest.mark.parametrize("service", SERVICES, ids=program)
def test_a_program_that_ends_is_started_again_for_ever(service):
    unit = read(service)
    assert unit["Service"]["Restart"] == "always"
    assert 0 < int(unit["Service"]["RestartSec"]) <= 3
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"


# `systemd-analyze security`: 0 has no rights, 10 all. Screens need their devices and memory that a driver may execute.
EXPOSED_AT_MOST = {"broker": 2.0, "desk": 2.0, "kiosk": 2.0, "display": 2.0}


@needs_systemd
@pytest.mark.parametrize("service", SERVICES, ids=program)
def test_a_program_that_was_taken_over_could_do_little_to_the_machine(service):
    said = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", service],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    figure = float(re.search(r"exposure level for \S+: ([\d.]+)", said)[1])
    assert 0 < figure <= EXPOSED_AT_MOST[program(service)], said


@pytest.mark.parametrize("service", SERVICES, ids=program)
def test_no_program_runs_as_root_or_can_become_it(service):
    unit = read(service)["Service"]
    assert unit["User"] == unit["Group"] == "okienko"
    assert unit["CapabilityBoundingSet"] == ""
    assert unit["NoNewPrivileges"] == "yes"


@pytest.mark.parametrize("service", SERVICES, ids=program)
def test_what_a_program_writes_is_read_by_nobody_else(service):
    unit = read(service)["Service"]
    assert unit["UMask"] == "0077"
    assert unit["StateDirectoryMode"] == "0750"
    assert unit["ProtectHome"] == "yes"


@pytest.mark.parametrize("service", SERVICES, ids=program)
def test_a_program_whose_main_loop_stands_still_is_started_anew(service):
    unit = read(service)["Service"]
    assert unit["Type"] == "notify"
    assert unit["NotifyAccess"] == "main"
    # A turn takes 3 s at most, but a name server that does not answer has its time.
    assert 30 <= int(unit["WatchdogSec"]) <= 60


def test_the_queue_opens_with_the_right_time_but_waits_for_no_network():
    unit = read(UNITS / "okienko-broker.service")["Unit"]
    assert "time-sync.target" in unit["After"].split()
    assert "time-sync.target" in unit["Wants"].split()
    waits = read(UNITS / "systemd-time-wait-sync.service.d" / "okienko.conf")["Service"]
    assert 0 < int(waits["TimeoutStartSec"]) <= 20
    for service in SERVICES:
        assert "network-online.target" not in service.read_text(encoding="utf-8")


@pytest.mark.parametrize("service", SERVICES, ids=program)
def test_mosquitto_comes_first_where_it_runs_here_and_is_not_needed_where_it_does_not(service):
    unit = read(service)["Unit"]
    assert "okienko-mosquitto.target" in unit["After"].split()
    assert "mosquitto" not in unit.get("Wants", "") + unit.get("Requires", "") + unit.get("BindsTo", "")
    target = read(UNITS / "okienko-mosquitto.target")
    assert "mosquitto.service" in target["Unit"]["After"].split()
    assert "mosquitto.service" in target["Unit"]["Wants"].split()
    assert service.name in target["Unit"]["Before"].split()


def test_a_screen_is_never_drawn_where_nobody_can_see_it():
    for name in ("kiosk", "display"):
        text = (UNITS / f"okienko-{name}.service").read_text(encoding="utf-8")
        assert "SDL_VIDEODRIVER" not in text, "the settings say it"
        assert tomllib.loads((UNITS / "config" / f"{name}.toml").read_text(encoding="utf-8"))["screen"] == "kms"


@pytest.mark.skipif(not shutil.which("systemd-sysusers"), reason="no systemd here")
def test_the_account_and_every_group_of_a_unit_exist_after_sysusers(tmp_path):
    (tmp_path / "etc").mkdir()
    for name in ("passwd", "group"):
        shutil.copy(Path("/etc") / name, tmp_path / "etc")
    subprocess.run(
        ["systemd-sysusers", f"--root={tmp_path}", str(UNITS / "sysusers.d" / "okienko.conf")],
        check=True,
        capture_output=True,
        timeout=60,
    )
    groups = {line.split(":")[0] for line in (tmp_path / "etc" / "group").read_text().splitlines()}
    wanted = {
        group for service in SERVICES for group in read(service)["Service"].get("SupplementaryGroups", "").split()
    }
    assert wanted
    assert wanted <= groups
    assert "okienko:" in (tmp_path / "etc" / "passwd").read_text()
    assert {group.gr_name for group in grp.getgrall()} <= groups


@pytest.mark.parametrize("service", SERVICES, ids=program)
def test_a_program_that_speaks_may_use_the_loudspeaker(service):
    defaults = tomllib.loads((ROOT / PACKAGES[program(service)] / "default.toml").read_text(encoding="utf-8"))
    unit = read(service)
    speaks = "aplay" in str(defaults.get("player", ""))
    assert ("audio" in unit["Service"].get("SupplementaryGroups", "").split()) is speaks
    assert ("sound.target" in unit["Unit"]["After"].split()) is speaks

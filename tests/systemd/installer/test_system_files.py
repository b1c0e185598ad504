"""What of Okienko is part of the system, and is gone when Okienko is."""

import shutil
from pathlib import Path

import pytest

from systemd.installer.commands import run
from systemd.installer.system_files import enable, place_system_files, remove_system_files

pytestmark = pytest.mark.skipif(not shutil.which("systemctl"), reason="no systemd here")

SYSTEMD = Path(__file__).parents[3] / "systemd"
TIME_WAIT = "systemd-time-wait-sync.service"
DEBIANS_OWN = {"mosquitto.service": "multi-user.target", TIME_WAIT: "sysinit.target"}


@pytest.fixture
def debian(places):
    """The machine with the units that Debian brings."""
    units = places.root / "usr/lib/systemd/system"
    units.mkdir(parents=True)
    for name, target in DEBIANS_OWN.items():
        (units / name).write_text(f"[Service]\nExecStart=/bin/true\n\n[Install]\nWantedBy={target}\n")
    return places


def waits_for_the_time(places):
    return (places.root / "etc/systemd/system/sysinit.target.wants" / TIME_WAIT).is_symlink()


def test_without_okienko_no_machine_waits_for_the_time_for_ever(debian, make_release):
    release = make_release("0.1.0")
    shutil.copytree(SYSTEMD, release.system, dirs_exist_ok=True)
    place_system_files(debian, ("broker",), release)
    enable(debian, ("broker",))
    assert waits_for_the_time(debian)
    remove_system_files(debian, purge=False)
    assert not waits_for_the_time(debian)
    assert not (debian.units / f"{TIME_WAIT}.d").exists()


def test_who_had_the_machine_wait_before_a_kiosk_came_still_does(debian, make_release):
    run("systemctl", f"--root={debian.root}", "enable", "--quiet", TIME_WAIT)
    place_system_files(debian, ("display",), make_release("0.1.0"))
    remove_system_files(debian, purge=True)
    assert waits_for_the_time(debian)

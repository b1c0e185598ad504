"""From one version to the next, cut off in the middle, and back."""

import json
import shutil

import pytest

from systemd.installer.changeover import change_over
from systemd.installer.failure import CannotInstall
from systemd.installer.release import running
from systemd.installer.system_files import place_system_files, remove_system_files
from systemd.installer.unchecked import remembered

pytestmark = pytest.mark.skipif(not shutil.which("systemctl"), reason="no systemd here")


def unit(places):
    return (places.units / "okienko-display.service").read_text()


def test_a_fresh_machine_runs_the_version_from_the_next_boot_on(places, wall, make_release):
    change_over(wall, make_release("0.1.0"), None)
    assert running(places).version == "0.1.0"
    assert "# 0.1.0" in unit(places)
    assert (places.commands / "okienko-display").readlink().name == "okienko-display"
    assert (places.root / "etc/systemd/system/okienko.target.wants/okienko-display.service").is_symlink()
    assert (places.root / "etc/systemd/system/multi-user.target.wants/okienko.target").is_symlink()


def test_installing_again_changes_nothing(places, wall, make_release, said):
    release = make_release("0.1.0")
    change_over(wall, release, None)
    before = {path: path.read_bytes() for path in places.root.rglob("*") if path.is_file()}
    said.clear()
    change_over(wall, release, release)
    assert {path: path.read_bytes() for path in places.root.rglob("*") if path.is_file()} == before
    assert said == []


def test_an_upgrade_brings_programs_and_units_together(places, wall, make_release):
    first, second = make_release("0.1.0"), make_release("0.2.0")
    change_over(wall, first, None)
    change_over(wall, second, first)
    assert running(places).version == "0.2.0"
    assert "# 0.2.0" in unit(places)
    assert remembered(places) is None


def test_a_version_that_cannot_be_put_in_place_leaves_the_one_before(places, wall, make_release):
    first, second = make_release("0.1.0"), make_release("0.2.0")
    change_over(wall, first, None)
    (second.system / "config" / "display.toml").unlink()
    with pytest.raises(CannotInstall, match=r"version 0\.2\.0 does not run, version 0\.1\.0 is back: .*display\.toml"):
        change_over(wall, second, first)
    assert running(places).version == "0.1.0"
    assert "# 0.1.0" in unit(places)
    assert remembered(places) is None
    assert not second.folder.exists()


def test_after_a_power_cut_in_an_upgrade_the_next_one_knows_where_to_go_back_to(places, wall, make_release):
    first, second, third = (make_release(version) for version in ("0.1.0", "0.2.0", "0.3.0"))
    change_over(wall, first, None)
    change_over(wall, second, first)
    # As it was in the middle: switched, but nobody has seen the second version run.
    places.unchecked.write_text(json.dumps({"before": "0.1.0", "well": ["display"], "queue": None}))
    (third.system / "config" / "display.toml").unlink()
    with pytest.raises(CannotInstall, match=r"version 0\.1\.0 is back"):
        change_over(wall, third, second)
    assert running(places).version == "0.1.0"


def test_a_power_cut_while_writing_down_where_to_go_back_to_is_no_cut_at_all(places):
    places.unchecked.write_text('{"before": "0.1')
    assert remembered(places) is None


def test_what_other_machines_connect_to_goes_and_comes_with_the_programs(places, make_release):
    release = make_release("0.1.0")
    roles = ("broker", "display")
    place_system_files(places, roles, release)
    hall = places.root / "etc/mosquitto/conf.d/okienko-hall.conf"
    hall.parent.mkdir(parents=True, exist_ok=True)
    hall.write_text("listener 8883\n")
    remove_system_files(places, purge=False)
    assert not hall.exists()
    assert not list(places.units.glob("okienko*"))
    place_system_files(places, roles, release)
    assert hall.read_text() == "listener 8883\n"
    remove_system_files(places, purge=True)
    assert list(hall.parent.iterdir()) == []

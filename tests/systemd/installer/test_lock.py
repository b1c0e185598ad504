"""What a role installs: what its program imports, and nothing else."""

import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from systemd.installer.failure import CannotInstall
from systemd.installer.lock import BUILD, locked, names_of, picked, with_hash
from systemd.installer.roles import EVERY

ROOT = Path(__file__).parents[3]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
ROLES = ROOT / "systemd" / "roles"
MACHINES = [
    {
        **default_environment(),
        "python_version": python,
        "python_full_version": f"{python}.2",
        "platform_machine": machine,
    }
    for python in ("3.11", "3.13")
    for machine in ("aarch64", "x86_64")
]


def wanted(requirement, extras):
    """Whether a package is needed on any of the machines that Okienko runs on."""
    marker = requirement.marker
    return marker is None or any(
        marker.evaluate({**machine, "extra": extra}) for machine in MACHINES for extra in extras or ("",)
    )


def requirements(package):
    try:
        return [Requirement(line) for line in requires(package) or []]
    except PackageNotFoundError:
        return []  # for another kind of machine than this


def needed_by(role):
    """Return all that a program needs, as pyproject.toml and the metadata of its dependencies say."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = [*project["dependencies"], *project["optional-dependencies"][role]]
    found, waiting = set(), [(Requirement(line), ()) for line in own]
    while waiting:
        requirement, extras = waiting.pop()
        needed = canonicalize_name(requirement.name)
        if wanted(requirement, extras) and needed not in found:
            found.add(needed)
            waiting += [(further, tuple(requirement.extras)) for further in requirements(needed)]
    return found


@pytest.mark.parametrize("role", EVERY)
def test_a_machine_gets_what_its_program_needs(role):
    assert set(names_of([role], ROLES)) == needed_by(role)


def test_a_wall_installs_no_database_and_a_broker_no_window():
    assert "sqlalchemy" not in names_of(["display"], ROLES)
    assert "kivy" not in names_of(["broker"], ROLES)


def test_no_machine_in_a_hall_gets_what_developers_use():
    assert not {"pytest", "ruff", "mypy", "hatchling"} & set(names_of(EVERY, ROLES))


def test_every_package_of_a_machine_is_locked_with_hashes():
    part = picked(LOCK, [*names_of(EVERY, ROLES), *BUILD])
    for name, lines in locked(part).items():
        assert "==" in lines.splitlines()[0], name
        assert "--hash=sha256:" in lines, name


def test_a_package_that_the_lock_forgot_stops_the_installation_with_a_line():
    with pytest.raises(CannotInstall, match=r"requirements\.lock lacks zeroconf"):
        picked("msgspec==0.22.0 \\\n    --hash=sha256:00\n", ["msgspec", "zeroconf"])


def test_a_wheel_made_from_a_locked_source_gets_a_hash_of_its_own():
    lock = "evdev==2.0.0 \\\n    --hash=sha256:00\nkivy==2.3.1 \\\n    --hash=sha256:11\n"
    assert locked(with_hash(lock, "evdev", "22"))["evdev"].split("sha256:")[1:] == ["00 \\\n    --hash=", "22\n"]
    assert locked(with_hash(lock, "evdev", "22"))["kivy"] == locked(lock)["kivy"]

"""Debian: what this machine runs, and its packages."""

import os
import platform
import sys
from pathlib import Path

from .commands import attempt, run
from .failure import CannotInstall

SUITES = ("bookworm", "trixie")
MACHINES = ("aarch64", "x86_64")
_QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def check_machine(os_release: Path) -> None:
    """Refuse a machine that Okienko is not made for; CannotInstall says what it should be."""
    if os.geteuid() != 0:
        raise CannotInstall("only an administrator can do this: put sudo before the command")
    lines = os_release.read_text(encoding="utf-8").splitlines() if os_release.exists() else []
    says = dict(line.split("=", 1) for line in lines if "=" in line)
    suite = says.get("VERSION_CODENAME", "").strip('"')
    if suite not in SUITES:
        name = says.get("PRETTY_NAME", "this system").strip('"')
        raise CannotInstall(f"{name} is not supported: take Raspberry Pi OS or Debian, Bookworm or Trixie")
    if platform.machine() not in MACHINES:
        raise CannotInstall(
            f"{platform.machine()} is not supported: take the 64-bit edition of Raspberry Pi OS or Debian"
        )


def suite_and_machine() -> tuple[str, str]:
    """Return this machine's Python and architecture, by which its wheels are chosen: like 3.11, aarch64."""
    return f"{sys.version_info.major}.{sys.version_info.minor}", platform.machine()


def missing(packages: list[str]) -> list[str]:
    """Return the packages that are not installed."""
    said = attempt("dpkg-query", "-W", "-f=${Package} ${Status}\n", *packages).stdout
    there = {line.split()[0] for line in said.splitlines() if line.endswith(" ok installed")}
    return [package for package in packages if package not in there]


def install_packages(packages: list[str], debs: Path | None = None) -> list[str]:
    """Install with apt what is missing of the packages, from .deb files where there are some; return their names."""
    wanted = missing(packages)
    if not wanted:
        return []
    attempt("dpkg", "--configure", "-a", environment=_QUIET)  # what a power cut left half done
    files = sorted(debs.glob("*.deb")) if debs is not None and debs.is_dir() else []
    if not files:
        # Without a network apt may still have all it needs, from a CD or an earlier day.
        attempt("apt-get", "update", "-qq", environment=_QUIET)
    advice = f"without internet, put the .deb files of {' '.join(wanted)} into the bundle's folder debs"
    run(
        *("apt-get", "install", "-y", "-qq", "--no-install-recommends"),
        *([str(file.resolve()) for file in files] or wanted),
        environment=_QUIET,
        advice=advice,
    )
    return wanted


def offered(package: str) -> bool:
    """Whether apt knows where to get the package."""
    return "Candidate: (none)" not in (said := attempt("apt-cache", "policy", package).stdout) and bool(said.strip())

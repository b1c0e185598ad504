"""The library for keys on the pins of a Raspberry Pi, where it comes with the system."""

import platform
import sys
from pathlib import Path

from .debian import install_packages, offered
from .release import Release

_SYSTEM = Path("/usr/lib/python3/dist-packages")


def lend_lgpio(release: Release, roles: tuple[str, ...]) -> str | None:
    """Let a desk use the system's lgpio, which has no wheel for Python 3.13; return what to say where there is none."""
    if "desk" not in roles or platform.machine() != "aarch64" or sys.version_info < (3, 13):
        return None
    if offered("python3-lgpio"):
        install_packages(["python3-lgpio"])
    own = next(release.folder.glob("lib/python3*/site-packages"))
    files = [*_SYSTEM.glob("lgpio.py"), *_SYSTEM.glob("_lgpio*.so")]
    for file in files:
        link = own / file.name
        link.unlink(missing_ok=True)
        link.symlink_to(file)
    return None if files else "keys on pins need python3-lgpio of Raspberry Pi OS; serial and USB keypads work"

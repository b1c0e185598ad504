"""What a machine can be in the hall, and what each role needs of it."""

from dataclasses import dataclass
from pathlib import Path

_SCREEN = ("libgl1", "libegl1", "libgles2", "libgbm1", "libdrm2", "libudev1", "espeak-ng", "alsa-utils")


@dataclass(frozen=True)
class Role:
    """One program: its name, how its client is called by default, and the Debian packages that it runs on."""

    name: str
    packages: tuple[str, ...] = ()

    @property
    def program(self) -> str:
        """Return the name of the command."""
        return f"okienko-{self.name}"

    @property
    def unit(self) -> str:
        """Return the name of the service."""
        return f"{self.program}.service"

    @property
    def settings(self) -> str:
        """Return the name of the file of its settings."""
        return f"{self.name}.toml"


ROLES = {
    "broker": Role("broker", ("mosquitto", "nftables")),
    "kiosk": Role("kiosk", _SCREEN),
    "display": Role("display", _SCREEN),
    "desk": Role("desk"),
}
EVERY = tuple(ROLES)
# Whatever the role: virtual environments, certificates to fetch packages by and to pair with, and systemd, which a
# bare Debian may lack.
_ALWAYS = ("python3-venv", "ca-certificates", "openssl", "systemd")
_COMPILER = ("gcc", "python3-dev", "linux-libc-dev")


def packages(names: tuple[str, ...], *, compiles: bool) -> list[str]:
    """Return the Debian packages for the roles; `compiles` where a wheel must still be made from source."""
    needed = [*_ALWAYS, *(package for name in names for package in ROLES[name].packages)]
    return list(dict.fromkeys([*needed, *(_COMPILER if compiles else ())]))


def compiles(names: tuple[str, ...], machine: str) -> bool:
    """Whether a dependency of the roles has no wheel for this kind of machine: evdev on a Raspberry Pi."""
    return "desk" in names and machine == "aarch64"


def remembered(file: Path) -> tuple[str, ...]:
    """Return the roles that this machine has already; none on a fresh one."""
    known = file.read_text(encoding="utf-8").split() if file.exists() else []
    return tuple(name for name in EVERY if name in known)

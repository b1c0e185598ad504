"""A kit: one folder with everything that an installation takes, wheels among it, so that it needs no internet.

    wheels/             Okienko's own wheel, and those of its dependencies
    requirements.lock   versions and hashes of the dependencies
    systemd/            this installer, the units, the examples of the settings
    kit.json            version, and the Python and machine that the wheels are for
    debs.txt            the names of the Debian packages that the roles need; debs/ may hold their files

`make offline-bundle` makes one for another machine of the same kind; an installation from a checkout makes one for
itself and throws it away.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import lock
from .commands import run
from .debian import suite_and_machine
from .failure import CannotInstall
from .roles import packages

OURS = "okienko-*.whl"


@dataclass(frozen=True)
class Kit:
    """A kit in its folder, checked to be whole."""

    folder: Path
    version: str

    @property
    def wheels(self) -> Path:
        """Return the folder of the wheels."""
        return self.folder / "wheels"

    @property
    def wheel(self) -> Path:
        """Return Okienko's own wheel."""
        return next(self.wheels.glob(OURS))

    @property
    def system(self) -> Path:
        """Return the folder of units and examples."""
        return self.folder / "systemd"

    def requirements(self, roles: Iterable[str]) -> str:
        """Return the locked dependencies of the roles, with their hashes."""
        text = (self.folder / "requirements.lock").read_text(encoding="utf-8")
        return lock.picked(text, lock.names_of(roles, self.system / "roles"))

    def digest(self, roles: Iterable[str]) -> str:
        """Return what tells this kit, for these roles, from every other."""
        sha256 = hashlib.sha256(self.requirements(roles).encode())
        files = (path for path in self.system.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        for path in (self.wheel, *sorted(files)):
            sha256.update(path.name.encode() + path.read_bytes())
        return sha256.hexdigest()


def opened(folder: Path) -> Kit:
    """Return the kit in a folder; CannotInstall if it is none, or one for another kind of machine."""
    about = folder / "kit.json"
    if not about.is_file() or not list((folder / "wheels").glob(OURS)):
        raise CannotInstall(f"{folder} is no bundle of Okienko: make one with make offline-bundle")
    version, *made_for = _told(about, "version", "python", "machine")
    if made_for != list(suite_and_machine()):
        python, machine = suite_and_machine()
        raise CannotInstall(
            f"{folder} is for Python {' on '.join(made_for)}, this machine has {python} on {machine}: "
            "make the bundle on a machine like this one"
        )
    return Kit(folder, version)


def _told(about: Path, *keys: str) -> list[str]:
    """Return what a kit says of itself under these keys."""
    try:
        says = json.loads(about.read_text(encoding="utf-8"))
        told = [says[key] for key in keys]
    except (ValueError, TypeError, LookupError):
        told = [None]
    if not all(isinstance(word, str) and word for word in told):
        raise CannotInstall(
            f"{about} is not whole: copy the bundle once more, or make a new one with make offline-bundle"
        )
    return told


def gathered(source: Path, folder: Path, roles: tuple[str, ...], pip: Path) -> Kit:
    """Gather a kit from a checkout, fetching what the folder does not hold yet; CannotInstall if it cannot."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    copy_system(source / "systemd", folder / "systemd")
    text = (source / "requirements.lock").read_text(encoding="utf-8")
    part = folder / "part.lock"
    part.write_text(lock.picked(text, lock.names_of(roles, folder / "systemd" / "roles")), encoding="utf-8")
    online = "see that this machine reaches the internet, or install with --from a bundle"
    _pip(pip, "download", "--require-hashes", "--no-deps", "-r", part, "-d", wheels, advice=online)
    part.unlink()
    _drop_unlocked(wheels, text)
    text = _with_wheels_made(text, wheels, pip)
    _pip(pip, "wheel", "--no-deps", "--no-index", "-w", wheels, source)
    (folder / "requirements.lock").write_text(text, encoding="utf-8")
    (folder / "debs.txt").write_text("\n".join(packages(roles, compiles=False)) + "\n", encoding="utf-8")
    version = next(wheels.glob(OURS)).name.split("-")[1]
    python, machine = suite_and_machine()
    about = {"version": version, "python": python, "machine": machine, "roles": roles}
    (folder / "kit.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    return Kit(folder, version)


def build_tools(folder: Path, requirements: str | None) -> Path:
    """Return the pip of a virtual environment in `folder`; with requirements it can also make wheels."""
    pip = folder / "bin" / "pip"
    if not (folder / ".ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        run("python3", "-m", "venv", folder, advice="sudo apt-get install python3-venv")
        if requirements:
            listed = folder / "build.lock"
            listed.write_text(requirements, encoding="utf-8")
            online = "see that this machine reaches the internet, or install with --from a bundle"
            _pip(pip, "install", "--require-hashes", "--no-deps", "-r", listed, advice=online)
        os.sync()  # a power cut must not leave tools that only look whole
        (folder / ".ready").touch()
    return pip


def copy_system(systemd: Path, to: Path) -> None:
    """Copy the installer, units and examples."""
    if to.exists():
        shutil.rmtree(to)
    shutil.copytree(systemd, to, ignore=shutil.ignore_patterns("__pycache__"))


def _with_wheels_made(text: str, wheels: Path, pip: Path) -> str:
    """Make wheels of the dependencies that come as source only; return the lock with their hashes, too."""
    for source in sorted(wheels.glob("*.tar.gz")):
        _pip(pip, "wheel", "--no-deps", "--no-index", "-w", wheels, source)
        (wheel,) = wheels.glob(f"{source.name.removesuffix('.tar.gz')}-*.whl")
        text = lock.with_hash(text, source.name.rpartition("-")[0], _sha256(wheel))
        source.unlink()
    return text


def _drop_unlocked(wheels: Path, text: str) -> None:
    """Remove what another checkout left here, and what was made here: that is made anew."""
    allowed = lock.hashes(text)
    for file in wheels.iterdir():
        if file.suffix in {".whl", ".gz"} and _sha256(file) not in allowed:
            file.unlink()


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _pip(pip: Path, verb: str, *words: str | Path, advice: str = "") -> None:
    # What builds is locked as well: pip must not fetch build tools of its own choice.
    options = ("--no-build-isolation",) if verb in {"wheel", "download"} else ()
    run(pip, verb, "--quiet", "--disable-pip-version-check", *options, *words, advice=advice)

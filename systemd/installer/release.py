"""A version in its own folder, and the link that says which one runs."""

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from .commands import run
from .kit import Kit, copy_system
from .places import Places

_COMPLETE = ".complete"


@dataclass(frozen=True)
class Release:
    """A version that is wholly installed in its folder, whether it runs or not."""

    folder: Path
    version: str
    digest: str

    @property
    def python(self) -> Path:
        """Return its Python."""
        return self.folder / "bin" / "python"

    @property
    def system(self) -> Path:
        """Return its units and examples."""
        return self.folder / "system"

    @property
    def sample_office(self) -> Path:
        """Return the example of an office that came with it."""
        return next(self.folder.glob("lib/python3*/site-packages/broker/sample_office.toml"))


def found(folder: Path) -> Release | None:
    """Return the version in a folder; None where its installation never came to its end."""
    try:
        says = json.loads((folder / _COMPLETE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Release(folder.resolve(), says["version"], says["digest"])


def prepared(kit: Kit, roles: tuple[str, ...], places: Places, pip: Path) -> Release:
    """Install a kit beside what runs, and return it; what is there already is left as it is."""
    digest = kit.digest(roles)
    folder = places.opt / kit.version
    there = found(folder)
    if there is not None and there.digest != digest:
        # The same version with other contents or for other roles: it may be the one that runs.
        folder = places.opt / f"{kit.version}-{digest[:8]}"
        there = found(folder)
    if there is not None:
        return there
    shutil.rmtree(folder, ignore_errors=True)
    places.opt.mkdir(parents=True, exist_ok=True)
    run("python3", "-m", "venv", "--without-pip", folder, advice="sudo apt-get install python3-venv")
    _install(kit, roles, folder, pip)
    copy_system(kit.system, folder / "system")
    os.sync()  # a power cut must not leave a version that only looks whole
    (folder / _COMPLETE).write_text(json.dumps({"version": kit.version, "digest": digest}), encoding="utf-8")
    os.sync()
    return Release(folder.resolve(), kit.version, digest)


def _install(kit: Kit, roles: tuple[str, ...], folder: Path, pip: Path) -> None:
    listed = folder / "requirements.lock"
    listed.write_text(kit.requirements(roles), encoding="utf-8")
    options = ("--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-cache-dir")
    python = (pip, "--python", folder / "bin" / "python", "install")
    run(*python, *options, "--find-links", kit.wheels, "--require-hashes", "-r", listed)
    run(*python, *options, kit.wheel)


def switch(places: Places, release: Release) -> None:
    """Make a version the one that runs from now on, in one step."""
    fresh = places.opt / ".current"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(release.folder.name)
    fresh.replace(places.current)
    os.sync()


def running(places: Places) -> Release | None:
    """Return the version that `current` names."""
    return found(places.current) if places.current.exists() else None


def drop_older(places: Places, *kept: Release | None) -> list[str]:
    """Remove every version but these; return the names of what was removed."""
    keep = {release.folder.name for release in kept if release is not None}
    old = [path for path in places.opt.iterdir() if path.is_dir() and not path.is_symlink() and path.name not in keep]
    for path in old:
        shutil.rmtree(path)
    return sorted(path.name for path in old)

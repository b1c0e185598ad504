"""Reads like a table of contents: what an installation does, one step after the other."""

import fcntl
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TextIO

from . import supervisor
from .arguments import Arguments, parse
from .changeover import change_over
from .debian import check_machine, install_packages, suite_and_machine
from .failure import CannotInstall
from .hall import Hall
from .kit import Kit, build_tools, gathered, opened
from .lock import BUILD, picked
from .pins import lend_lgpio
from .places import Places
from .rehearsal import rehearse
from .release import Release, drop_older, found, prepared, running
from .removal import uninstall
from .roles import EVERY, compiles, packages
from .roles import remembered as remembered_roles
from .settings_files import place_settings, write_whole
from .system_files import make_account
from .telling import tell
from .unchecked import remembered

SOURCE = Path(__file__).resolve().parents[2]


def main(words: Sequence[str]) -> int:
    """Install, upgrade, remove or bundle; 1 with one line where that could not be done."""
    arguments = parse(words)
    # A connection that breaks off must not leave a machine between two versions.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        _do(arguments, Places())
    except CannotInstall as error:
        tell(str(error), sys.stderr)
        return 1
    except OSError as error:
        tell(f"{error.filename or 'disk'}: {error.strerror}; see to it and run this again", sys.stderr)
        return 1
    except KeyboardInterrupt:
        tell("interrupted; run it again to bring it to an end", sys.stderr)
        return 1
    return 0


def say(words: str) -> None:
    """Tell whoever installs how far it is."""
    tell(words, sys.stdout)


@contextmanager
def to_the_end() -> Iterator[None]:
    """Let no SIGTERM leave the hall between two versions, as when the session of who installs ends."""
    usual = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, usual)


def _do(arguments: Arguments, places: Places) -> None:
    if arguments.gather:
        _bundle(arguments.gather)
        return
    check_machine(places.root / "etc/os-release")
    with closing(_alone(places.root / "run/okienko-install.lock")):
        if arguments.uninstall:
            uninstall(places, say, purge=arguments.purge)
        else:
            _install(arguments, places)


def _install(arguments: Arguments, places: Places) -> None:
    roles = _roles(arguments.roles, places)
    before, cut_off = running(places), remembered(places)
    kit, pip = _kit(arguments, places, roles)
    make_account(places, kit.system)
    say(f"installing version {kit.version}")
    release = prepared(kit, roles, places, pip)
    if words := lend_lgpio(release, roles):
        say(words)
    say(f"version {release.version} is in {release.folder}")
    hall = Hall(
        places,
        roles,
        opens=bool(arguments.listen) or arguments.roles == ("broker",),
        listen=arguments.listen,
        booted=supervisor.is_running(),
        patience_s=arguments.patience_s,
        say=say,
    )
    if "broker" in roles:
        _rehearse(hall, release, before)
    write_whole(places.roles, " ".join(roles).encode() + b"\n")
    with to_the_end():
        came_from = change_over(hall, release, before)
    if came_from is None and cut_off is not None:
        came_from = found(places.opt / cut_off.before)
    _tidy(places, release, came_from)
    end = "runs" if hall.booted else "is installed, and starts at the next boot, as systemd does not run here"
    say(f"version {release.version} {end}: {', '.join(roles)}")


def _roles(asked: tuple[str, ...], places: Places) -> tuple[str, ...]:
    had = remembered_roles(places.roles)
    roles = tuple(role for role in EVERY if role in (*had, *asked))
    if not roles:
        raise CannotInstall("say what this machine is: --role broker, kiosk, display, desk or all")
    return roles


def _kit(arguments: Arguments, places: Places, roles: tuple[str, ...]) -> tuple[Kit, Path]:
    """Return what to install from, and the pip that does it; Debian's packages are installed on the way."""
    if arguments.bundle:
        kit = opened(arguments.bundle.resolve())
        _packages(packages(roles, compiles=False), arguments.bundle / "debs")
        return kit, build_tools(places.cache / "pip", None)
    _packages(packages(roles, compiles=compiles(roles, suite_and_machine()[1])), None)
    pip = build_tools(places.cache / "tools", _build_lock())
    say("fetching the locked Python packages")
    return gathered(SOURCE, places.cache / "kit", roles, pip), pip


def _packages(names: list[str], debs: Path | None) -> None:
    if new := install_packages(names, debs):
        say(f"Debian packages: {' '.join(new)}")


def _build_lock() -> str:
    return picked((SOURCE / "requirements.lock").read_text(encoding="utf-8"), BUILD)


def _rehearse(hall: Hall, release: Release, before: Release | None) -> None:
    """See the new broker start before anything is stopped, with the settings that it will have."""
    for words in place_settings(hall.places, hall.roles, release, before):
        say(words)
    rehearse(hall.places, release, hall.patience_s)
    say("its broker starts, with this office and this queue")


def _tidy(places: Places, release: Release, before: Release | None) -> None:
    """Keep this version and the one before; what was fetched has done its work."""
    link = places.opt / "previous"
    if before is not None and before.folder != release.folder:
        link.unlink(missing_ok=True)
        link.symlink_to(before.folder.name)
    old = drop_older(places, release, found(link) if link.exists() else None)
    if old:
        say(f"removed older versions: {', '.join(old)}")
    shutil.rmtree(places.cache, ignore_errors=True)


def _bundle(folder: Path) -> None:
    """Make a bundle for machines of the same kind as this one."""
    tools = folder / ".tools"
    pip = build_tools(tools, _build_lock())
    kit = gathered(SOURCE, folder, EVERY, pip)
    shutil.rmtree(tools)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    say(f"{folder} holds version {kit.version}, {size / 1e6:.0f} MB; copy it to a machine like this one, and there:")
    say(f"sudo {folder.name}/systemd/install --from {folder.name} --role ROLE")


def _alone(path: Path) -> TextIO:
    """Hold this machine for one installation at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held = path.open("w", encoding="utf-8")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        raise CannotInstall("another installation runs on this machine: wait for it to end") from None
    return held

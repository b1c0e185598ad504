"""Files of which half would be worse than none, and which not everybody may read."""

import grp
import os
import pwd
import stat
from pathlib import Path

SECRET = 0o600
PUBLIC = 0o644


class NoSuchUser(ValueError):
    """An account of the system that a file should belong to is missing."""


def replace_file(path: Path, text: str, mode: int = SECRET, owner: str | None = None) -> None:
    """Write a file whole and at once, also when the power goes in between.

    Where root writes, the file becomes the `owner`'s, a user with a group of the same name; anybody else's stays
    their own. It is never readable by more than `mode` says, not even for a moment.
    """
    _replace(path, text, mode, _ids(owner) if owner is not None and os.geteuid() == 0 else None)


def rewrite(path: Path, text: str) -> None:
    """Write another text into a file that is there, whole and at once; it stays whose it is, and as readable."""
    was = path.stat()
    _replace(path, text, stat.S_IMODE(was.st_mode), (was.st_uid, was.st_gid))


def _replace(path: Path, text: str, mode: int, ids: tuple[int, int] | None) -> None:
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, SECRET), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        if ids is not None:
            os.fchown(file.fileno(), *ids)
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())
    fresh.replace(path)


def _ids(owner: str) -> tuple[int, int]:
    try:
        return pwd.getpwnam(owner).pw_uid, grp.getgrnam(owner).gr_gid
    except KeyError:
        raise NoSuchUser(f"there is no user and group {owner}; the installation makes them") from None

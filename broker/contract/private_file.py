"""Files of which half would be worse than none, and which not everybody may read."""

import grp
import os
import pwd
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
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, SECRET), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        if owner is not None and os.geteuid() == 0:
            os.fchown(file.fileno(), *_ids(owner))
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())
    fresh.replace(path)


def owner_of(path: Path) -> str:
    """Return the name of the user whose file it is."""
    return pwd.getpwuid(path.stat().st_uid).pw_name


def _ids(owner: str) -> tuple[int, int]:
    try:
        return pwd.getpwnam(owner).pw_uid, grp.getgrnam(owner).gr_gid
    except KeyError:
        raise NoSuchUser(f"there is no user and group {owner}; the installation makes them") from None

"""The locked dependencies: which of them a role needs, each with its hashes."""

import re
from collections.abc import Iterable
from pathlib import Path

from .failure import CannotInstall

# hatchling and what it needs makes the wheel of Okienko, setuptools that of a dependency without one.
BUILD = ("hatchling", "packaging", "pathspec", "pluggy", "setuptools", "trove-classifiers")
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def locked(text: str) -> dict[str, str]:
    """Return the lines of each package in a lock, by its name."""
    blocks: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if not line.startswith((" ", "#")) and (found := _NAME.match(line)):
            name = found[0].lower()
        if name:
            blocks[name] = blocks.get(name, "") + line + "\n"
    return blocks


def hashes(text: str) -> set[str]:
    """Return the hashes of every file that a lock allows."""
    return set(_HASH.findall(text))


def names_of(roles: Iterable[str], folder: Path) -> list[str]:
    """Return the packages that the roles need, from the lists in `folder` (made by `make lock`)."""
    names = (name for role in roles for name in (folder / f"{role}.txt").read_text(encoding="utf-8").split())
    return sorted(set(names))


def picked(lock: str, names: Iterable[str]) -> str:
    """Return the part of a lock that names these packages; CannotInstall if it lacks one."""
    blocks = locked(lock)
    missing = [name for name in names if name not in blocks]
    if missing:
        raise CannotInstall(f"requirements.lock lacks {', '.join(missing)}; run make lock where Okienko is developed")
    return "".join(blocks[name] for name in names)


def with_hash(lock: str, name: str, sha256: str) -> str:
    """Return the lock with one more hash for a package: that of a wheel made here from its locked source."""
    block = locked(lock)[name]
    return lock.replace(block, block.rstrip("\n") + f" \\\n    --hash=sha256:{sha256}\n")

"""The files in /etc/okienko: put there once, and from then on the office's own."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .places import Places
from .release import Release
from .roles import ROLES


@dataclass(frozen=True)
class Example:
    """A commented example that a version brings, and where the office's own file is."""

    own: Path
    text: bytes
    before: bytes | None  # as the version before brought it


def place_settings(places: Places, roles: Iterable[str], release: Release, before: Release | None) -> list[str]:
    """Put the examples there where nothing is; a newer example beside what there is. Return words about it."""
    places.etc.mkdir(parents=True, exist_ok=True)
    words = []
    for example in _examples(places, tuple(roles), release, before):
        newer = example.own.with_name(example.own.name + ".new")
        if not example.own.exists():
            write_whole(example.own, example.text)
            words.append(f"settings: {example.own}")
        elif example.text == example.own.read_bytes():
            newer.unlink(missing_ok=True)
        elif example.text != example.before:
            write_whole(newer, example.text)
            words.append(f"settings: {example.own} stays as it is; this version's example is {newer.name} beside it")
    return words


def _examples(places: Places, roles: tuple[str, ...], release: Release, before: Release | None) -> Iterable[Example]:
    for role in roles:
        name = ROLES[role].settings
        yield _example(
            places.etc / name, release.system / "config" / name, before.system / "config" / name if before else None
        )
    if "broker" in roles:
        had = before is not None and (before.system / "config" / "broker.toml").exists()
        yield _example(
            places.etc / "office.toml", release.sample_office, before.sample_office if before and had else None
        )


def _example(own: Path, shipped: Path, shipped_before: Path | None) -> Example:
    known = shipped_before is not None and shipped_before.exists()
    return Example(own, shipped.read_bytes(), shipped_before.read_bytes() if known and shipped_before else None)


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file so that a power cut leaves the old or the new one, whole; once this returns, the new one."""
    fresh = path.with_name(f".{path.name}.fresh")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def remove_settings(places: Places) -> None:
    """Remove every setting and secret."""
    shutil.rmtree(places.etc, ignore_errors=True)

"""Which pictures and films of a folder are shown, one after the other. Pure, save for looking into the folder."""

from collections.abc import Iterable
from pathlib import Path

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp"})
FILMS = frozenset({".mp4", ".m4v", ".mkv", ".webm", ".mov", ".avi"})
# A larger picture would hold the wall up while it is read; a screen has no use for it.
LARGEST_BYTES = 20_000_000


def is_film(path: Path) -> bool:
    """Whether a file is a film, by its name."""
    return path.suffix.lower() in FILMS


def shown_files(folder: Path, *, films: bool) -> list[Path]:
    """Return the files of a folder to show, by their names; a folder that cannot be read has none."""
    try:
        return sorted(path for path in folder.iterdir() if _is_shown(path, films=films))
    except OSError:
        return []


def following(files: Iterable[Path], before: Path | None) -> Path | None:
    """Return the file after the one before, in the order of names, and after the last the first."""
    listed = list(files)
    later = [path for path in listed if before is not None and path > before]
    return next(iter(later or listed), None)


def _is_shown(path: Path, *, films: bool) -> bool:
    if path.name.startswith(".") or not path.is_file():
        return False
    if is_film(path):
        return films
    return path.suffix.lower() in PICTURES and path.stat().st_size <= LARGEST_BYTES

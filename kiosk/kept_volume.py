"""The usual volume, remembered over a restart."""

import contextlib
import logging
from pathlib import Path

from .volume import STEPS, USUAL

log = logging.getLogger(__name__)

NAME = "volume"


def kept_volume(folder: Path) -> int:
    """Return the step that the staff chose last, or the middle one."""
    with contextlib.suppress(OSError, ValueError):
        step = int((folder / NAME).read_text(encoding="utf-8"))
        if 1 <= step <= STEPS:
            return step
    return USUAL


def keep_volume(folder: Path, step: int) -> None:
    """Remember a step; a disk that is full costs nobody their voice."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        half = folder / f"{NAME}.part"
        half.write_text(f"{step}\n", encoding="utf-8")
        half.replace(folder / NAME)
    except OSError as error:
        log.warning("%s: %s", folder / NAME, error.strerror)

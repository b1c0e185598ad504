"""python-escpos, imported late and with its table of printers kept ready."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType

PICKLE_DIR = "ESCPOS_CAPABILITIES_PICKLE_DIR"


@cache
def escpos() -> ModuleType:
    """Import `escpos.printer`; the first call takes 0.1 s, and 0.3 s where its table has to be made ready."""
    kept = _kept_table()
    with _no_folder_left():
        try:
            import escpos.printer  # noqa: PLC0415 - late on purpose
        except Exception:
            # A table cut short by a power loss would keep the printer silent for ever.
            if kept is None:
                raise
            shutil.rmtree(kept)
            kept.mkdir(mode=0o700)
            import escpos.printer  # noqa: PLC0415
    library: ModuleType = escpos.printer
    return library


@contextmanager
def _no_folder_left() -> Iterator[None]:
    """Take away the temporary folder that the library makes at every import, wanted or not, and forgets."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="okienko-escpos-") as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = before


def _kept_table() -> Path | None:
    """Name a folder of our own for the table, where the library would otherwise make a new one at every start."""
    if PICKLE_DIR in os.environ:
        return None
    cache_home = os.environ.get("CACHE_DIRECTORY") or os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    folder = Path(cache_home.split(":")[0]).expanduser() / "okienko" / "escpos"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    # What lies there is unpickled: it must be ours.
    if folder.stat().st_uid != os.getuid() or not os.access(folder, os.W_OK):
        return None
    os.environ[PICKLE_DIR] = str(folder)
    return folder

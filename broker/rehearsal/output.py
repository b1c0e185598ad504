"""The folder that a rehearsal leaves behind."""

import shutil
from pathlib import Path

from .failures import Failed

MARKER = ".okienko-rehearsal"


class Output:
    """Pictures, tickets and logs of one rehearsal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tickets = folder / "tickets"
        self.logs = folder / "logs"
        self.log = folder / "log.txt"

    def prepare(self) -> None:
        """Make the folder, or empty it if an earlier rehearsal left it; nobody else's files are touched."""
        marker = self.folder / MARKER
        try:
            if marker.is_file():
                for old in self.folder.iterdir():
                    _remove(old)
            elif self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
                raise Failed(f"{self.folder} holds files that no rehearsal made; --output names a folder of its own")
            self.logs.mkdir(parents=True)
            marker.write_text("Made by okienko's rehearsal, which empties this folder when it is played again.\n")
        except OSError as error:
            raise Failed(f"{error.filename}: {error.strerror}; --output names a folder to write to") from None


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif path.name != MARKER:
        path.unlink()

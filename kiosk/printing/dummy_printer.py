"""A printer without hardware: the bytes and a picture of the paper, side by side in a folder."""

import itertools
import re
from pathlib import Path

from kiosk.printing.decoder import decoded
from kiosk.printing.job import Job, Result
from kiosk.printing.paper import Paper, page_slots
from kiosk.printing.picture import ticket_picture
from kiosk.printing.status import Trouble
from kiosk.printing.ticket_bytes import ticket_bytes


class DummyPrinter:
    """Writes `D017.bin` and `D017.png`; the next ticket of that number becomes `D017-2`, nothing is overwritten."""

    def __init__(self, folder: Path, paper: Paper) -> None:
        self._folder = folder
        self.paper = paper

    def print(self, job: Job) -> Result:
        """Write both files."""
        data = ticket_bytes(job.lines, self.paper)
        picture = ticket_picture(decoded(data, page_slots(self.paper.profile)), self.paper)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            written = self._write_new(job.number, data)
            # Whoever watches the folder must never find half a picture.
            half = written.with_suffix(".png.part")
            picture.save(half, "png")
            half.rename(written.with_suffix(".png"))
        except OSError as error:
            return Result(job.number, "failed", f"{self._folder}: {error.strerror}")
        return Result(job.number, "printed")

    def troubles(self) -> tuple[Trouble, ...]:
        """Nothing is ever wrong with it before it prints."""
        return ()

    def _write_new(self, number: str, data: bytes) -> Path:
        name = re.sub(r"[^\w-]", "-", number)
        for count in itertools.count(1):
            path = self._folder / (f"{name}.bin" if count == 1 else f"{name}-{count}.bin")
            try:
                with path.open("xb") as file:
                    file.write(data)
            except FileExistsError:
                continue
            return path
        raise AssertionError("unreachable: the count has no end")

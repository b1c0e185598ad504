"""A picture of the ticket on each width of paper, in each language."""

from pathlib import Path

from kiosk.printing.decoder import decoded
from kiosk.printing.job import ticket_job
from kiosk.printing.paper import Paper, page_slots, paper
from kiosk.printing.picture import ticket_picture
from kiosk.printing.ticket_bytes import ticket_bytes

from . import sample

PAPERS = {
    "58mm": paper("default", roll_mm=58),
    "80mm": paper("TM-T20II"),
    "82.5mm": paper("default", roll_mm=82.5),
    "80mm-drawn": paper("TM-T20II", raster=True),
    "76mm-needles": paper("TM-U220"),
}


def paint_tickets(language: str, folder: Path) -> None:
    """Write KIND-PAPER-LANGUAGE.png for every kind of ticket and every paper."""
    for kind in ("waiting", "called", "booked"):
        ticket = sample.ticket(kind)
        for name, sheet in PAPERS.items():
            job = ticket_job(ticket, sample.menu(), language, sheet.columns, sample.extras())
            _picture(ticket_bytes(job.lines, sheet), sheet, folder / f"{kind}-{name}-{language}.png")


def _picture(data: bytes, sheet: Paper, path: Path) -> None:
    ticket_picture(decoded(data, page_slots(sheet.profile)), sheet).save(path, optimize=True)

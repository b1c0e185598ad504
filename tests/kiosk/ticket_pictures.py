"""A picture of the ticket on each paper and in each language: python -m tests.kiosk.ticket_pictures FOLDER.

Its tickets.png, a few of them side by side, is the one of docs/pictures.
"""

import sys
from pathlib import Path

from PIL import Image, ImageDraw

from kiosk.printing.decoder import decoded
from kiosk.printing.extras import Extras
from kiosk.printing.layout import layout
from kiosk.printing.lines import Picture
from kiosk.printing.paper import page_slots, paper
from kiosk.printing.picture import ticket_picture
from kiosk.printing.ticket_bytes import ticket_bytes
from tests.builders import NOON, menu, ticket

PAPERS = {
    "58mm": paper("default", roll_mm=58),
    "80mm": paper("TM-T20II"),
    "82mm": paper("default", roll_mm=82.5),
    "drawn": paper("TM-T20II", raster=True),
    "needles": paper("TM-U220"),
}
KINDS = {
    "waiting": {},
    "called": {"status": "called", "desk": "30", "called_at": NOON, "ahead": 0, "wait_minutes": None},
}


SIDE_BY_SIDE = ("58mm-pl-waiting", "58mm-uk-waiting", "80mm-uk-waiting", "80mm-en-called", "82mm-de-waiting")


def logo():
    """A little window, as the office's coat of arms."""
    image = Image.new("1", (96, 96))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((4, 4, 91, 91), 16, outline=1, width=6)
    pen.line((48, 4, 48, 91), fill=1, width=5)
    pen.line((4, 48, 91, 48), fill=1, width=5)
    return Picture(96, 96, image.tobytes())


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    extras = Extras(logo(), "https://kolejka.example/{day}/{number}")
    office = menu()
    for name, sheet in PAPERS.items():
        for language in office.languages:
            for kind, fields in KINDS.items():
                lines = layout(ticket(**fields), office, language, columns=sheet.columns, extras=extras)
                printed = decoded(ticket_bytes(lines, sheet), page_slots(sheet.profile))
                ticket_picture(printed, sheet).save(folder / f"ticket-{name}-{language}-{kind}.png")
    side_by_side([folder / f"ticket-{name}.png" for name in SIDE_BY_SIDE]).save(folder / "tickets.png", optimize=True)


def side_by_side(paths):
    tickets = [Image.open(path) for path in paths]
    small = [each.resize((each.width // 2, each.height // 2), Image.Resampling.LANCZOS) for each in tickets]
    table = Image.new("RGB", (sum(each.width for each in small), max(each.height for each in small)), (214, 216, 219))
    left = 0
    for each in small:
        table.paste(each, (left, 0))
        left += each.width
    return table.quantize(48)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

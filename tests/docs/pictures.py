"""The pictures of docs/pictures, put together from the albums: python -m tests.docs.pictures ALBUMS, by make pictures.

ALBUMS holds what `okienko-kiosk album` and `okienko-display album` have drawn, in its folders kiosk and wall.
"""

import sys
from pathlib import Path

from PIL import Image

from kiosk.album.index import write_index
from tests.docs.pages import DOCS

GROUND, EDGE = (222, 228, 236), (11, 37, 69)
GAP = 22
COLOURS = 64
KIOSK, TICKETS = "kiosk/1080x1920", "kiosk/tickets"
# Of each picture of the pages: columns of pictures, each with its height in pixels.
PAGES = {
    "hall.png": [
        [(f"{KIOSK}/start-usual-pl", 700)],
        [(f"{KIOSK}/number-usual-pl", 700)],
        [(f"{TICKETS}/waiting-80mm-pl", 640)],
        [("wall/wall-1920x1080-5m/call-light-pl", 430)],
    ],
    "kiosk-start.png": [[(f"{KIOSK}/start-usual-pl", 880)], [(f"{KIOSK}/search-found-usual-de", 880)]],
    "kiosk-large-contrast.png": [[(f"{KIOSK}/start-all-pl", 880)], [(f"{KIOSK}/number-all-uk", 880)]],
    "kiosk-number.png": [[(f"{KIOSK}/number-usual-uk", 880)], [(f"{KIOSK}/number-not-printed-usual-en", 880)]],
    "kiosk-service.png": [[(f"{KIOSK}/pin-usual-pl", 880)], [(f"{KIOSK}/service-usual-pl", 880)]],
    "tickets.png": [
        [(f"{TICKETS}/{name}", None)]
        for name in ("waiting-58mm-pl", "waiting-58mm-uk", "waiting-80mm-pl", "waiting-80mm-uk", "called-82.5mm-de")
    ],
    "wall.png": [
        [("wall/wall-1920x1080-5m/call-light-pl", 320), ("wall/wall-1920x1080-3m/rest-dark-uk", 320)],
        [("wall/wall-1920x1080-3m/board-light-pl", 320), ("wall/wall-1920x1080-3m/call-contrast-en", 320)],
        [("wall/wall-1080x1920-3m/call-dark-pl", 662)],
        [("wall/wall-1080x1920-5m/board-light-pl", 662)],
        [(f"wall/desk-1280x800-2m/{name}", 206) for name in ("called-light-pl", "serving-light-pl", "paused-dark-uk")],
    ],
}


def main(albums):
    for name, columns in PAGES.items():
        drawn = [[picture(albums / f"{path}.png", height) for path, height in column] for column in columns]
        table(drawn).quantize(COLOURS).save(DOCS / "pictures" / name, optimize=True)
    write_index(albums, "Okienko: kiosk, tickets and wall")
    print(albums / "index.html")


def picture(path, height):
    """One picture in a thin frame; a ticket, without a height, half as large as it is."""
    with Image.open(path) as image:
        height = height or image.height // 2
        small = image.convert("RGB").resize((image.width * height // image.height, height), Image.Resampling.LANCZOS)
    framed = Image.new("RGB", (small.width + 4, small.height + 4), EDGE)
    framed.paste(small, (2, 2))
    return framed


def table(columns):
    """The columns side by side, each in the middle of the height."""
    widths = [max(each.width for each in column) for column in columns]
    heights = [sum(each.height for each in column) + GAP * (len(column) - 1) for column in columns]
    sheet = Image.new("RGB", (sum(widths) + GAP * (len(columns) + 1), max(heights) + 2 * GAP), GROUND)
    left = GAP
    for column, width, height in zip(columns, widths, heights, strict=True):
        top = (sheet.height - height) // 2
        for each in column:
            sheet.paste(each, (left + (width - each.width) // 2, top))
            top += each.height + GAP
        left += width + GAP
    return sheet


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The paper as it comes out of the slot, drawn from what a printer printed."""

from collections.abc import Iterable
from functools import cache

import qrcode
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from kiosk.printing.drawing import fonts, qr_picture
from kiosk.printing.paper import LETTER_DOTS, Paper
from kiosk.printing.paper_length import HEAD_TO_KNIFE, LETTER_HEIGHT, LINE_FEED
from kiosk.printing.printed import Cut, Fed, Printed, PrintedPicture, PrintedQr, PrintedText

_SIDE = 32  # 4 mm that no printer reaches
_TABLE, _SHEET, _INK, _SHADOW = (214, 216, 219), (253, 252, 248), (38, 36, 42), (120, 122, 128)
_AROUND = 40
_CORRECTIONS = {
    "L": qrcode.ERROR_CORRECT_L,
    "M": qrcode.ERROR_CORRECT_M,
    "Q": qrcode.ERROR_CORRECT_Q,
    "H": qrcode.ERROR_CORRECT_H,
}


def ticket_picture(printed: Iterable[Printed], paper: Paper) -> Image.Image:
    """Draw the ticket lying on a table, one pixel to a printer's dot."""
    ink = _ink(printed, paper.dots)
    sheet = Image.new("RGB", (ink.width + 2 * _SIDE, ink.height), _SHEET)
    sheet.paste(_INK, (_SIDE, 0), ink)
    table = Image.new("RGB", (sheet.width + 2 * _AROUND, sheet.height + 2 * _AROUND), _TABLE)
    shadow = Image.new("L", table.size)
    shadow.paste(150, (_AROUND + 2, _AROUND + 6, _AROUND + sheet.width + 2, _AROUND + sheet.height + 6))
    table.paste(_SHADOW, (0, 0), shadow.filter(ImageFilter.GaussianBlur(10)))
    table.paste(sheet, (_AROUND, _AROUND))
    return table


def _ink(printed: Iterable[Printed], dots: int) -> Image.Image:
    """Draw the burnt dots of the first ticket, from cut to cut."""
    bands: list[tuple[int, int, Image.Image]] = []
    top = HEAD_TO_KNIFE
    end = None
    for each in printed:
        if isinstance(each, Cut):
            end = top + (HEAD_TO_KNIFE if each.feeds else 0)
            break
        if isinstance(each, Fed):
            top += LINE_FEED * each.lines
            continue
        band, height, align = _band(each, dots)
        left = {"left": 0, "center": max(0, (dots - band.width) // 2), "right": max(0, dots - band.width)}[align]
        bands.append((left, top, band))
        top += height
    # The knife stands before the head: what is cut off is shorter than what was fed.
    height = end - HEAD_TO_KNIFE if end is not None else top
    ink = Image.new("1", (dots, max(height, 1)))
    for left, band_top, band in bands:
        ink.paste(band, (left, band_top))
    return ink


def _band(each: PrintedText | PrintedPicture | PrintedQr, dots: int) -> tuple[Image.Image, int, str]:
    """Return the ink of one element, how far the paper is fed for it, and where it stands."""
    if isinstance(each, PrintedPicture):
        picture = Image.frombytes("1", (each.width_bytes * 8, each.height), each.rows)
        return picture, each.height, each.align
    if isinstance(each, PrintedQr):
        code = qr_picture(each.content, each.module_dots, _CORRECTIONS[each.level])
        return code, code.height, each.align
    rows = _broken(each, dots)
    pitch = max(LINE_FEED, LETTER_HEIGHT * each.style.height)
    band = Image.new("1", (max(row.width for row in rows), pitch * len(rows)))
    for index, row in enumerate(rows):
        band.paste(row, ((band.width - row.width) // 2 if each.style.align == "center" else 0, index * pitch))
    return band, band.height, each.style.align


def _broken(text: PrintedText, dots: int) -> list[Image.Image]:
    """Draw the line; letters that the paper has no room for begin a new one, as on a printer."""
    room = max(1, dots // (LETTER_DOTS * text.style.width))
    return [_letters(text, text.words[start : start + room]) for start in range(0, len(text.words), room)]


def _letters(text: PrintedText, words: str) -> Image.Image:
    style = text.style
    # A smoothing printer rounds large letters; the others only make their dots larger.
    drawn = style.height if style.smooth and style.width == style.height else 1
    width, height = LETTER_DOTS * drawn, LETTER_HEIGHT * drawn
    picture = Image.new("1", (width * len(words), height))
    pen = ImageDraw.Draw(picture)
    font = _font(20 * drawn)
    stroke = drawn // 2 if style.bold else 0
    for index, letter in enumerate(words):
        pen.text((index * width, height * 0.79), letter, fill=1, font=font, anchor="ls", stroke_width=stroke)
    if style.bold and not stroke:
        picture = ImageChops.logical_or(picture, ImageChops.offset(picture, 1, 0))
    if drawn == 1:
        picture = picture.resize((picture.width * style.width, height * style.height), Image.Resampling.NEAREST)
    return picture


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(fonts() / "RobotoMono-Regular.ttf", size, layout_engine=ImageFont.Layout.BASIC)

"""Lines drawn as pictures, for what a printer's own letters cannot say."""

import importlib.util
from functools import cache
from pathlib import Path

import qrcode
from PIL import Image, ImageDraw, ImageFont

from kiosk.printing.lines import Picture, Qr, Text
from kiosk.printing.paper import Paper

_MODULES_TO_A_LETTER = 2  # 0.75 mm each: a telephone reads it from a hand's breadth
_SHORT_CODE = 60  # bytes: at most 37 modules, which fit on any paper
_DISPLAY_SCALE = 4  # from here on a line is as high as its ink and a little white


def drawn(line: Text | Qr | Picture, paper: Paper) -> Image.Image:
    """Draw a line in black and white, ink 1, centred on the paper and white on the right cut off."""
    if isinstance(line, Text):
        return _text(line, paper)
    if isinstance(line, Qr):
        return _centred(qr_picture(line.content, module_dots(line.content, paper)), paper.dots)
    return _centred(Image.frombytes("1", (line.width, line.height), line.rows), paper.dots)


def module_dots(content: str, paper: Paper) -> int:
    """Return how many dots a module of this code may have on this paper."""
    most = paper.letter_dots // _MODULES_TO_A_LETTER
    if len(content.encode()) <= _SHORT_CODE and not paper.strips:
        return most
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(content)
    modules = 17 + 4 * int(code.best_fit())
    return max(1, min(most, paper.dots // modules))


def qr_picture(content: str, module_dots: int, correction: int = qrcode.ERROR_CORRECT_M) -> Image.Image:
    """Draw the code alone, ink 1, without its quiet zone."""
    code = qrcode.QRCode(error_correction=correction, border=0)
    code.add_data(content)
    code.make()
    modules = code.get_matrix()
    small = Image.new("1", (len(modules), len(modules)))
    small.putdata([int(module) for row in modules for module in row])
    return small.resize((small.width * module_dots, small.height * module_dots), Image.Resampling.NEAREST)


def _text(line: Text, paper: Paper) -> Image.Image:
    dots, letter = paper.dots, paper.letter_dots
    size = 2 * letter * line.scale
    font = _font(bold=line.bold, size=size)
    width = font.getlength(line.words)
    if width > dots:
        font = _font(bold=line.bold, size=int(size * dots / width))
        width = font.getlength(line.words)
    left = max(0, round((dots - width) / 2))
    box = font.getbbox(line.words, anchor="ls")
    if line.scale >= _DISPLAY_SCALE:
        white = letter * 5 // 3
        height, baseline = round(box[3] - box[1]) + 2 * white, white - round(box[1])
    else:
        pitch = letter * 8 // 3 * line.scale
        height, baseline = pitch, round(pitch * 0.76)
    right = min(dots, left + max(1, round(box[2])))
    picture = Image.new("1", (-(-right // 8) * 8, height))
    ImageDraw.Draw(picture).text((left, baseline), line.words, fill=1, font=font, anchor="ls")
    return picture


def _centred(ink: Image.Image, dots: int) -> Image.Image:
    ink = ink.crop((0, 0, min(ink.width, dots), ink.height))
    left = (dots - ink.width) // 2
    picture = Image.new("1", (-(-(left + ink.width) // 8) * 8, ink.height))
    picture.paste(ink, (left, 0))
    return picture


@cache
def _font(*, bold: bool, size: int) -> ImageFont.FreeTypeFont:
    name = "Roboto-Bold.ttf" if bold else "Roboto-Regular.ttf"
    return ImageFont.truetype(fonts() / name, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def fonts() -> Path:
    """Return the folder of the fonts that Kivy brings, without importing it: that would open a window."""
    package = importlib.util.find_spec("kivy")
    assert package is not None
    assert package.submodule_search_locations is not None
    return Path(package.submodule_search_locations[0]) / "data" / "fonts"

"""Lines turned into the one string of bytes that a printer prints."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from PIL import Image

from kiosk.printing.code_page import best_page
from kiosk.printing.drawing import drawn, module_dots
from kiosk.printing.escpos_library import escpos
from kiosk.printing.lines import Gap, Line, Qr, Text
from kiosk.printing.paper import Paper

_GS_V_0 = b"\x1dv0\x00"
_SMOOTH_FROM = 4
_QR_LEVEL_M = 1


def ticket_bytes(lines: Sequence[Line], paper: Paper) -> bytes:
    """Print `lines` into bytes: text in one code page, drawn where the page lacks a letter, cut at the end."""
    page, written = best_page([line.words for line in lines if isinstance(line, Text)], paper.code_pages)
    pen = _Pen(paper, page)
    texts = iter(written)
    for line in lines:
        if isinstance(line, Gap):
            pen.feed(line.lines)
        elif isinstance(line, Text) and (letters := next(texts)) is not None:
            pen.write(letters, line)
        elif isinstance(line, Qr) and paper.native_qr:
            pen.qr(line)
        else:
            pen.draw(drawn(line, paper))
    return pen.cut()


def cut_off(paper: Paper, bytes_held: int) -> bytes:
    """Bring a printer that broke off within a ticket to the top of a new one.

    The picture that it may still be waiting for is filled up with `bytes_held` bytes of white; between commands those
    mean nothing.
    """
    return bytes(bytes_held) + _Pen(paper, "").cut()


class _Pen:
    """A new python-escpos printer for each ticket, told only what changes from line to line."""

    def __init__(self, paper: Paper, page: str) -> None:
        self._printer = escpos().Dummy(profile=paper.profile, magic_encode_args={"encoder": _encoder(paper.profile)})
        self._printer.hw("INIT")
        if page:
            # After INIT, which puts the printer back on its first page without the library's knowing.
            self._printer.charcode(page)
        self._dots = paper.dots
        self._align = "left"
        self._scale = 1
        self._bold = False

    def feed(self, lines: int) -> None:
        self._printer._raw(b"\n" * lines)  # noqa: SLF001 - the library's documented way for bytes

    def write(self, letters: bytes, line: Text) -> None:
        self._aligned("center")
        if line.scale != self._scale:
            self._scale = line.scale
            self._printer.set(
                custom_size=True,
                width=line.scale,
                height=line.scale,
                smooth=True if line.scale >= _SMOOTH_FROM else None,
            )
        if line.bold != self._bold:
            self._bold = line.bold
            self._printer.set(bold=line.bold)
        self._printer._raw(letters + b"\n")  # noqa: SLF001

    def qr(self, line: Qr) -> None:
        self._aligned("center")
        self._printer.qr(line.content, ec=_QR_LEVEL_M, size=module_dots(line.content, self._dots), native=True)

    def draw(self, picture: Image.Image) -> None:
        # A picture carries its own white on the left: many clones do not align pictures.
        self._aligned("left")
        size = (picture.width // 8).to_bytes(2, "little") + picture.height.to_bytes(2, "little")
        self._printer._raw(_GS_V_0 + size + picture.tobytes())  # noqa: SLF001

    def cut(self) -> bytes:
        self._printer.cut()
        printed: bytes = self._printer.output
        return printed

    def _aligned(self, align: str) -> None:
        if align != self._align:
            self._align = align
            self._printer.set(align=align)


@cache
def _encoder(profile: str) -> Any:  # noqa: ANN401 - the library ships no types
    from escpos.capabilities import get_profile  # noqa: PLC0415 - late, as escpos() says
    from escpos.magicencode import Encoder  # noqa: PLC0415

    return Encoder(get_profile(profile).get_code_pages())

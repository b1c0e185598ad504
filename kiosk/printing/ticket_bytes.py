"""Lines turned into the one string of bytes that a printer prints."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from PIL import Image

from kiosk.printing.code_page import written
from kiosk.printing.drawing import drawn, module_dots
from kiosk.printing.escpos_library import escpos
from kiosk.printing.lines import DRAWN, Gap, Line, Qr, Text
from kiosk.printing.paper import Paper, slot

_GS_V_0 = b"\x1dv0\x00"
_PAGE = b"\x1bt"
_AREA = b"\x1dW"
_STRIP = b"\x1b*\x00"  # eight needles, one column to a byte
_STRIP_PITCH, _USUAL_PITCH = b"\x1b3\x10", b"\x1b2"  # so that strips meet without a seam
_CUT, _CUT_PARTLY = b"\x1dV\x00", b"\x1dV\x01"
_PRESENT = b"\x1cP\x08\x01E\x00"  # Custom's: cut, push out, blink, hold until the next ticket
_TO_THE_KNIFE = 6  # lines
_SMOOTH_FROM = 4
_QR_LEVEL_M = 1
_NEEDLES = 8


def ticket_bytes(lines: Sequence[Line], paper: Paper) -> bytes:
    """Print `lines` into bytes: text where a code page has its letters, drawn where none has, cut at the end."""
    pen = _Pen(paper)
    for line in lines:
        if isinstance(line, Gap):
            pen.feed(line.lines)
        elif isinstance(line, Text) and pen.write(line):
            continue
        elif isinstance(line, Qr) and paper.native_qr and not line.drawn:
            pen.qr(line)
        else:
            pen.draw(drawn(line, paper))
    return pen.cut()


def cut_off(paper: Paper, bytes_held: int) -> bytes:
    """Bring a printer that broke off within a ticket to the top of a new one.

    The picture that it may still be waiting for is filled up with `bytes_held` bytes of white; between commands those
    mean nothing.
    """
    return bytes(bytes_held) + _Pen(paper).cut()


class _Pen:
    """A new python-escpos printer for each ticket, told only what changes from line to line."""

    def __init__(self, paper: Paper) -> None:
        self._printer = escpos().Dummy(profile=paper.profile, magic_encode_args={"encoder": _encoder(paper.profile)})
        # Puts the printer back on its first page.
        self._printer.hw("INIT")
        if paper.area:
            self._raw(_AREA + paper.area.to_bytes(2, "little"))
        self._paper = paper
        self._page = ""
        self._align = "left"
        self._scale = 1
        self._bold = False

    def feed(self, lines: int) -> None:
        self._raw(b"\n" * lines)

    def write(self, line: Text) -> bool:
        """Write a line in the printer's own letters, if it has them."""
        if line.page == DRAWN:
            return False
        found = written(line.words, (line.page,) if line.page else self._paper.code_pages, self._page)
        if found is None:
            return False
        page, letters = found
        self._aligned("center")
        if page != self._page:
            self._page = page
            self._raw(_PAGE + bytes([slot(self._paper.profile, page)]))
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
        self._raw(letters + b"\n")
        return True

    def qr(self, line: Qr) -> None:
        self._aligned("center")
        self._printer.qr(line.content, ec=_QR_LEVEL_M, size=module_dots(line.content, self._paper), native=True)

    def draw(self, picture: Image.Image) -> None:
        # A picture carries its own white on the left: many clones do not align pictures.
        self._aligned("left")
        if self._paper.strips:
            self._raw(_STRIP_PITCH + b"".join(_strips(picture)) + _USUAL_PITCH)
            return
        size = (picture.width // 8).to_bytes(2, "little") + picture.height.to_bytes(2, "little")
        self._raw(_GS_V_0 + size + picture.tobytes())

    def cut(self) -> bytes:
        ending, features = self._paper.ending, self._printer.profile
        if ending == "present":
            self._raw(_PRESENT)
        else:
            self._printer.print_and_feed(_TO_THE_KNIFE)
            whole, part = features.supports("paperFullCut"), features.supports("paperPartCut")
            if ending != "tear" and (whole or part):
                self._raw(_CUT_PARTLY if part and (ending == "partial" or not whole) else _CUT)
        printed: bytes = self._printer.output
        return printed

    def _raw(self, data: bytes) -> None:
        self._printer._raw(data)  # noqa: SLF001 - the library's documented way for bytes

    def _aligned(self, align: str) -> None:
        if align != self._align:
            self._align = align
            self._printer.set(align=align)


def _strips(picture: Image.Image) -> Sequence[bytes]:
    """Return the picture as lines of columns, the top needle first."""
    turned = []
    for top in range(0, picture.height, _NEEDLES):
        strip = picture.crop((0, top, picture.width, top + _NEEDLES))
        columns = strip.transpose(Image.Transpose.TRANSPOSE).tobytes()
        turned.append(_STRIP + len(columns).to_bytes(2, "little") + columns + b"\n")
    return turned


@cache
def _encoder(profile: str) -> Any:  # noqa: ANN401 - the library ships no types
    from escpos.capabilities import get_profile  # noqa: PLC0415 - late, as escpos() says
    from escpos.magicencode import Encoder  # noqa: PLC0415

    return Encoder(get_profile(profile).get_code_pages())

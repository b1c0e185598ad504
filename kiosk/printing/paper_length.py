"""How much paper a ticket takes, from what a printer printed."""

from collections.abc import Iterable

import qrcode

from kiosk.printing.paper import LETTER_DOTS
from kiosk.printing.printed import Cut, Fed, Printed, PrintedPicture, PrintedQr

LETTER_HEIGHT = 24
LINE_FEED = 30
HEAD_TO_KNIFE = 112  # 14 mm: so much of every ticket is above its first line


def length_dots(printed: Iterable[Printed], dots: int) -> int:
    """Return how far the paper was fed, up to the first cut, on a printer `dots` wide."""
    fed = 0
    for piece in printed:
        if isinstance(piece, Cut):
            return fed + (HEAD_TO_KNIFE if piece.feeds else 0)
        fed += _height(piece, dots)
    return fed


def _height(piece: Printed, dots: int) -> int:
    if isinstance(piece, Fed):
        return LINE_FEED * piece.lines
    if isinstance(piece, PrintedPicture):
        return piece.height
    if isinstance(piece, PrintedQr):
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M)
        code.add_data(piece.content)
        return (17 + 4 * int(code.best_fit())) * piece.module_dots
    assert not isinstance(piece, Cut)
    style = piece.style
    rows = -(-len(piece.words) // max(1, dots // (LETTER_DOTS * style.width)))
    return rows * max(LINE_FEED, LETTER_HEIGHT * style.height)

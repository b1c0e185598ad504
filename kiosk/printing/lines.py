"""What stands on a ticket, line by line, before any printer is thought of."""

from dataclasses import dataclass

DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class Text:
    """One centred line; `scale` 1 to 8 multiplies the width and the height of its letters.

    `page` is the one code page to write it in, or DRAWN; mostly the printer's best is right.
    """

    words: str
    scale: int = 1
    bold: bool = False
    page: str = ""


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code; `drawn` also for a printer that could make one itself."""

    content: str
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in black and white: rows of whole bytes, ink 1."""

    width: int
    height: int
    rows: bytes


@dataclass(frozen=True, slots=True)
class Gap:
    """White paper, as high as so many lines of plain text."""

    lines: int = 1


Line = Text | Qr | Picture | Gap

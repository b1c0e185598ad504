"""What comes out of a printer, piece by piece, from the top of the paper to the knife."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """How the next letters will look, and where the line will stand; `area` is the width it stands in, 0 all of it."""

    align: str = "left"
    width: int = 1
    height: int = 1
    bold: bool = False
    smooth: bool = False
    area: int = 0


@dataclass(frozen=True, slots=True)
class PrintedText:
    """One line of letters as the printer's own font draws them."""

    words: str
    style: Style


@dataclass(frozen=True, slots=True)
class PrintedPicture:
    """Graphics: rows of `width_bytes` bytes, ink 1."""

    width_bytes: int
    height: int
    rows: bytes
    align: str


@dataclass(frozen=True, slots=True)
class PrintedQr:
    """A QR code that the printer draws itself."""

    content: str
    module_dots: int
    level: str
    align: str


@dataclass(frozen=True, slots=True)
class Fed:
    """White paper, in lines of plain text."""

    lines: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The knife; `feeds` where the printer brings the paper to it by itself."""

    feeds: bool
    partial: bool = False
    presents: bool = False  # and pushes the ticket out


Printed = PrintedText | PrintedPicture | PrintedQr | Fed | Cut

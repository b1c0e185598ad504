"""ESC/POS read as an Epson printer reads it: what it would put on the paper, in order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

_ALIGNMENTS = {0: "left", 1: "center", 2: "right", 48: "left", 49: "center", 50: "right"}
_QR_LEVELS = {48: "L", 49: "M", 50: "Q", 51: "H"}
_FIRST_PAGE = 0


class NotEscPos(ValueError):
    """Bytes that the decoder does not know, with the place where they stand."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the next letters will look, and where the line will stand."""

    align: str = "left"
    width: int = 1
    height: int = 1
    bold: bool = False
    smooth: bool = False


@dataclass(frozen=True, slots=True)
class PrintedText:
    """One line of letters as the printer's own font draws them."""

    words: str
    style: Style


@dataclass(frozen=True, slots=True)
class PrintedPicture:
    """Raster graphics: rows of `width_bytes` bytes, ink 1."""

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


Printed = PrintedText | PrintedPicture | PrintedQr | Fed | Cut


def decoded(data: bytes, pages: Mapping[int, str]) -> tuple[Printed, ...]:
    """Read a whole ticket; `pages` are the printer's code pages by number. Raises NotEscPos."""
    reader = _Reader(data, pages)
    while reader.at < len(data):
        reader.step()
    reader.end_line(only_if_written=True)
    return tuple(reader.printed)


def text_lines(printed: tuple[Printed, ...]) -> list[str]:
    """Return the lines of letters alone."""
    return [each.words for each in printed if isinstance(each, PrintedText)]


class _Reader:
    def __init__(self, data: bytes, pages: Mapping[int, str]) -> None:
        self._data = data
        self._pages = pages
        self._codec = pages.get(_FIRST_PAGE, "cp437")
        self._style = Style()
        self._line = ""
        self._qr: dict[int, bytes] = {}
        self.at = 0
        self.printed: list[Printed] = []

    def step(self) -> None:
        """Read one command, or the letters up to the next one."""
        byte = self._data[self.at]
        if byte >= 0x20:  # noqa: PLR2004 - below are the controls
            end = next((i for i in range(self.at, len(self._data)) if self._data[i] < 0x20), len(self._data))  # noqa: PLR2004
            self._line += self._data[self.at : end].decode(self._codec)
            self.at = end
            return
        for length in (1, 2, 3):
            command = _COMMANDS.get(self._data[self.at : self.at + length])
            if command is not None:
                self.at += length
                command(self)
                return
        raise NotEscPos(f"unknown command {self._data[self.at : self.at + 4].hex(' ')} at byte {self.at}")

    def end_line(self, *, only_if_written: bool = False) -> None:
        if self._line:
            self.printed.append(PrintedText(self._line, self._style))
            self._line = ""
        elif not only_if_written:
            self.printed.append(Fed(1))

    def reset(self) -> None:
        self._line = ""
        self._style = Style()
        self._codec = self._pages.get(_FIRST_PAGE, "cp437")

    def page(self) -> None:
        slot = self._byte()
        if slot not in self._pages:
            raise NotEscPos(f"code page {slot} at byte {self.at} is not one of this printer")
        self._codec = self._pages[slot]

    def align(self) -> None:
        self._style = replace(self._style, align=_ALIGNMENTS[self._byte()])

    def bold(self) -> None:
        self._style = replace(self._style, bold=bool(self._byte() & 1))

    def smooth(self) -> None:
        self._style = replace(self._style, smooth=bool(self._byte() & 1))

    def size(self) -> None:
        byte = self._byte()
        self._style = replace(self._style, width=(byte >> 4) + 1, height=(byte & 7) + 1)

    def mode(self) -> None:
        byte = self._byte()
        self._style = replace(
            self._style, bold=bool(byte & 8), height=2 if byte & 16 else 1, width=2 if byte & 32 else 1
        )

    def feed(self) -> None:
        self.end_line(only_if_written=True)
        self.printed.append(Fed(self._byte()))

    def cut(self) -> None:
        mode = self._byte()
        feeds = mode in (65, 66)
        if feeds:
            self._byte()
        elif mode not in (0, 1, 48, 49):
            raise NotEscPos(f"cut {mode} at byte {self.at}")
        self.printed.append(Cut(feeds))

    def raster(self) -> None:
        self._byte()
        width_bytes, height = self._number(), self._number()
        rows = self._take(width_bytes * height)
        self.printed.append(PrintedPicture(width_bytes, height, rows, self._style.align))

    def symbol(self) -> None:
        body = self._take(self._number())
        kind, function, rest = body[0], body[1], body[2:]
        if kind != ord("1"):
            raise NotEscPos(f"symbol {kind} at byte {self.at} is not a QR code")
        if function != ord("Q"):
            self._qr[function] = rest
            return
        content = self._qr[ord("P")][1:].decode()
        level = _QR_LEVELS[self._qr[ord("E")][0]]
        self.printed.append(PrintedQr(content, self._qr[ord("C")][0], level, self._style.align))

    def ignore(self) -> None:
        """Pass over a command with one argument that leaves no trace on the paper."""
        self._byte()

    def _byte(self) -> int:
        return self._take(1)[0]

    def _number(self) -> int:
        return int.from_bytes(self._take(2), "little")

    def _take(self, count: int) -> bytes:
        taken = self._data[self.at : self.at + count]
        if len(taken) < count:
            raise NotEscPos(f"the data ends within a command, at byte {len(self._data)}")
        self.at += count
        return taken


_COMMANDS: dict[bytes, Callable[[_Reader], None]] = {
    b"\n": _Reader.end_line,
    b"\x1b@": _Reader.reset,
    b"\x1bt": _Reader.page,
    b"\x1ba": _Reader.align,
    b"\x1bE": _Reader.bold,
    b"\x1b!": _Reader.mode,
    b"\x1bd": _Reader.feed,
    b"\x1dV": _Reader.cut,
    b"\x1d!": _Reader.size,
    b"\x1db": _Reader.smooth,
    b"\x1dv0": _Reader.raster,
    b"\x1d(k": _Reader.symbol,
    # Questions to the printer, which it answers on the line.
    b"\x10\x04": _Reader.ignore,
    b"\x1dr": _Reader.ignore,
}

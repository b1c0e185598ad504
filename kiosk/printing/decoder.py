"""ESC/POS read as an Epson printer reads it: what it would put on the paper, in order."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.printing.printed import Cut, Fed, Printed, PrintedPicture, PrintedQr, PrintedText, Style

_ALIGNMENTS = {0: "left", 1: "center", 2: "right", 48: "left", 49: "center", 50: "right"}
_QR_LEVELS = {48: "L", 49: "M", 50: "Q", 51: "H"}
_COLUMN_HEIGHTS = {0: 8, 1: 8, 32: 24, 33: 24}
_FIRST_PAGE = 0
_CONTROLS = 0x20  # bytes below are no letters


class NotEscPos(ValueError):
    """Bytes that the decoder does not know, with the place where they stand."""


class CutShort(NotEscPos):
    """The data ends within a command: more of it may be on its way."""


def decoded(data: bytes, pages: Mapping[int, str]) -> tuple[Printed, ...]:
    """Read a whole ticket; `pages` are the printer's code pages by number. Raises NotEscPos."""
    reader = Reader(data, pages)
    while reader.at < len(data):
        reader.step()
    reader.end_line(only_if_written=True)
    return tuple(reader.printed)


def text_lines(printed: tuple[Printed, ...]) -> list[str]:
    """Return the lines of letters alone."""
    return [each.words for each in printed if isinstance(each, PrintedText)]


class Reader:
    """Reads `data` command by command from `at` on; `printed` is what is on the paper, `asked` what it was asked."""

    def __init__(self, data: bytes, pages: Mapping[int, str]) -> None:
        self.data = data
        self._pages = pages
        self._codec = pages.get(_FIRST_PAGE, "cp437")
        self._style = Style()
        self._line = ""
        self._columns: PrintedPicture | None = None
        self._qr: dict[int, bytes] = {}
        self.at = 0
        self.printed: list[Printed] = []
        self.asked: list[bytes] = []

    def step(self) -> None:
        """Read one command, or the letters up to the next one; CutShort leaves everything as it was."""
        byte = self.data[self.at]
        if byte >= _CONTROLS:
            end = next((i for i in range(self.at, len(self.data)) if self.data[i] < _CONTROLS), len(self.data))
            self._line += self.data[self.at : end].decode(self._codec)
            self.at = end
            return
        start = self.at
        for length in (1, 2, 3):
            command = _COMMANDS.get(self.data[self.at : self.at + length])
            if command is not None:
                self.at += length
                try:
                    command(self)
                except CutShort:
                    self.at = start
                    raise
                return
        beginning = self.data[start : start + 3]
        if len(beginning) < 3 and any(known.startswith(beginning) for known in _COMMANDS):  # noqa: PLR2004
            raise CutShort(f"the data ends within a command, at byte {len(self.data)}")
        raise NotEscPos(f"unknown command {self.data[start : start + 4].hex(' ')} at byte {start}")

    def end_line(self, *, only_if_written: bool = False) -> None:
        """Put what was written onto the paper; an empty line is white paper."""
        if self._columns:
            self.printed.append(self._columns)
            self._columns = None
        elif self._line:
            self.printed.append(PrintedText(self._line, self._style))
            self._line = ""
        elif not only_if_written:
            self.printed.append(Fed(1))

    def reset(self) -> None:
        """Go back to how the printer was switched on."""
        self._line = ""
        self._columns = None
        self._style = Style()
        self._codec = self._pages.get(_FIRST_PAGE, "cp437")

    def page(self) -> None:
        """Choose a code page."""
        slot = self._byte()
        if slot not in self._pages:
            raise NotEscPos(f"code page {slot} at byte {self.at} is not one of this printer")
        self._codec = self._pages[slot]

    def align(self) -> None:
        """Say where lines stand."""
        self._style = replace(self._style, align=_ALIGNMENTS[self._byte()])

    def area(self) -> None:
        """Say how wide the paper is, in dots."""
        self._style = replace(self._style, area=self._number())

    def bold(self) -> None:
        """Switch heavy letters on or off."""
        self._style = replace(self._style, bold=bool(self._byte() & 1))

    def smooth(self) -> None:
        """Switch the rounding of large letters on or off."""
        self._style = replace(self._style, smooth=bool(self._byte() & 1))

    def size(self) -> None:
        """Enlarge the letters."""
        byte = self._byte()
        self._style = replace(self._style, width=(byte >> 4) + 1, height=(byte & 7) + 1)

    def mode(self) -> None:
        """Set weight and size at once."""
        byte = self._byte()
        self._style = replace(
            self._style, bold=bool(byte & 8), height=2 if byte & 16 else 1, width=2 if byte & 32 else 1
        )

    def feed(self) -> None:
        """Feed lines of paper."""
        lines = self._byte()
        self.end_line(only_if_written=True)
        self.printed.append(Fed(lines))

    def cut(self) -> None:
        """Cut the paper."""
        mode = self._byte()
        feeds = mode in (65, 66)
        if feeds:
            self._byte()
        elif mode not in (0, 1, 48, 49):
            raise NotEscPos(f"cut {mode} at byte {self.at}")
        self.printed.append(Cut(feeds, partial=mode in (1, 49, 66)))

    def present(self) -> None:
        """Cut and push the ticket out, as kiosk printers of Custom do."""
        self._take(4)
        self.end_line(only_if_written=True)
        self.printed.append(Cut(feeds=True, presents=True))

    def raster(self) -> None:
        """Burn a picture, row by row."""
        self._byte()
        width_bytes, height = self._number(), self._number()
        rows = self._take(width_bytes * height)
        self.printed.append(PrintedPicture(width_bytes, height, rows, self._style.align))

    def columns(self) -> None:
        """Take a strip of a picture, column by column; the end of the line prints it."""
        mode = self._byte()
        if mode not in _COLUMN_HEIGHTS:
            raise NotEscPos(f"bit image {mode} at byte {self.at}")
        height, width = _COLUMN_HEIGHTS[mode], self._number()
        self._columns = _turned(self._take(width * height // 8), height, self._style.align)

    def symbol(self) -> None:
        """Build a QR code, and print it."""
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

    def nothing(self) -> None:
        """Pass over a byte that means nothing, or a command without arguments."""

    def question(self) -> None:
        """Note what the printer was asked; it answers on the line."""
        self.asked.append(self.data[self.at - 2 : self.at] + bytes([self._byte()]))

    def call_off(self) -> None:
        """Pass over the rest of a command that is carried out the moment it arrives."""
        self._take(8)

    def _byte(self) -> int:
        return self._take(1)[0]

    def _number(self) -> int:
        return int.from_bytes(self._take(2), "little")

    def _take(self, count: int) -> bytes:
        taken = self.data[self.at : self.at + count]
        if len(taken) < count:
            raise CutShort(f"the data ends within a command, at byte {len(self.data)}")
        self.at += count
        return taken


def _turned(columns: bytes, height: int, align: str) -> PrintedPicture:
    """Turn a strip of columns, top bit first, into rows."""
    deep = height // 8
    width = len(columns) // deep
    width_bytes = -(-width // 8)
    rows = bytearray(width_bytes * height)
    for x in range(width):
        for y in range(height):
            if columns[x * deep + y // 8] & 0x80 >> y % 8:
                rows[y * width_bytes + x // 8] |= 0x80 >> x % 8
    return PrintedPicture(width_bytes, height, bytes(rows), align)


_COMMANDS: dict[bytes, Callable[[Reader], None]] = {
    b"\x00": Reader.nothing,
    b"\n": Reader.end_line,
    b"\x1b@": Reader.reset,
    b"\x1bt": Reader.page,
    b"\x1ba": Reader.align,
    b"\x1bE": Reader.bold,
    b"\x1b!": Reader.mode,
    b"\x1bd": Reader.feed,
    b"\x1b*": Reader.columns,
    b"\x1b3": Reader.ignore,
    b"\x1b2": Reader.nothing,
    b"\x1dV": Reader.cut,
    b"\x1cP": Reader.present,
    b"\x1d!": Reader.size,
    b"\x1db": Reader.smooth,
    b"\x1dW": Reader.area,
    b"\x1dv0": Reader.raster,
    b"\x1d(k": Reader.symbol,
    # Questions to the printer, and what it does the moment it hears it.
    b"\x10\x04": Reader.question,
    b"\x10\x14": Reader.call_off,
    b"\x1dr": Reader.question,
    b"\x1da": Reader.question,
}

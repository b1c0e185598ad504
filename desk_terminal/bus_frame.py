"""Frames of the RS-485 line: lines of ASCII with check digits, as docs/desk/line-protocol.md describes them. Pure."""

from binascii import crc_hqx

from msgspec import Struct

FROM_COMPUTER, FROM_KEYPAD = b"><"
LONGEST_FRAME = 64
LINE_END = b"\n"
# Sign, address, number and kind before the body; star and check digits behind it.
_HEAD, _TAIL = 6, 5


class Frame(Struct, frozen=True):
    """One line; `number` is the computer's own count (0 to 255), which an answer repeats."""

    sign: int
    address: int
    number: int
    kind: str
    body: bytes = b""


class BadFrame(ValueError):
    """A line that is no frame."""


def encoded(frame: Frame) -> bytes:
    r"""Return the frame as it goes over the line.

    >>> encoded(Frame(FROM_COMPUTER, 1, 0x3F, "P", b"07"))
    b'>013FP07*5DBA\n'
    """
    head = f"{chr(frame.sign)}{frame.address:02d}{frame.number:02X}{frame.kind}".encode("ascii")
    return _checked(head + frame.body) + LINE_END


def decoded(line: bytes) -> Frame:
    """Return the frame that is this line, without its end; BadFrame if anything about it is wrong."""
    content = line[:-_TAIL]
    if len(content) < _HEAD or line != _checked(content):
        raise BadFrame(line)
    try:
        return Frame(content[0], int(content[1:3]), int(content[3:5], 16), chr(content[5]), content[6:])
    except ValueError:
        raise BadFrame(line) from None


class FrameReader:
    """Finds frames in what comes over the line; everything else is noise."""

    def __init__(self) -> None:
        self._line = b""

    def read(self, data: bytes) -> tuple[list[Frame], int]:
        """Take the next bytes in; return the frames that they complete, and how many bytes belong to none."""
        frames, noise = [], 0
        *lines, self._line = (self._line + data).split(LINE_END)
        for line in (line.rstrip(b"\r") for line in lines):
            before, frame = _frame_within(line)
            noise += before
            if frame is not None:
                frames.append(frame)
        if len(self._line) > LONGEST_FRAME:
            noise += len(self._line)
            self._line = b""
        return frames, noise


def _frame_within(line: bytes) -> tuple[int, Frame | None]:
    """Return how many bytes of a line are noise, and the frame behind them."""
    for at, sign in enumerate(line):
        if sign in (FROM_COMPUTER, FROM_KEYPAD):
            try:
                return at, decoded(line[at:])
            except BadFrame:
                continue
    return len(line), None


def _checked(content: bytes) -> bytes:
    return b"%s*%04X" % (content, crc_hqx(content, 0))

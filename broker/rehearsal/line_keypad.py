"""A reference keypad of docs/desk/line-protocol.md: what a keypad's maker has to build. Pure: the time comes in."""

import re
from binascii import crc_hqx

KEYS_KEPT = 8
NUMBERS = 0x100
OLDEST = 0xFF  # in units of 10 ms
_FRAME = re.compile(rb">([0-9]{2})([0-9A-F]{2})([A-Z])(.*)\*([0-9A-F]{4})", re.DOTALL)


class LineKeypad:
    """One keypad at its address: it keeps keys until the computer has taken them, and shows what it is told."""

    def __init__(self, address: int, encoding: str = "ascii") -> None:
        self.address = address
        self._encoding = encoding
        self.switch_on()

    def switch_on(self) -> None:
        """Begin as after a power cut: nothing to show, no keys, no session."""
        self.panel = ("", "")
        self.figures = ("", "")
        self.lamp = 0
        self.beeps: list[int] = []
        self._keys: list[tuple[str, float]] = []
        self._sent = False  # the first key that is kept was sent in this session
        self._session: bytes | None = None
        self._taken = 0
        self._last_number: bytes | None = None

    def press(self, key: str, now: float) -> bool:
        """Press a key, by the character that it sends; false if too many wait already."""
        if len(self._keys) == KEYS_KEPT:
            return False
        self._keys.append((key, now))
        return True

    def answer(self, line: bytes, now: float) -> bytes | None:
        """Return the answer to a line, both without their ends; None if the line is no frame for this keypad."""
        frame = _FRAME.fullmatch(line)
        if frame is None or int(frame[1]) != self.address or int(frame[5], 16) != crc_hqx(line[:-5], 0):
            return None
        number, kind, body = frame[2], frame[3], frame[4]
        if kind == b"H":
            self._greet(body)
        elif self._session is None or not self._note_taken(int(body[:2], 16)):
            self._session = None
            return self._framed(number, b"N")
        elif number != self._last_number:
            self._do(kind, body[2:])
        self._last_number = number
        return self._framed(number, b"I" if kind == b"H" else self._key(now))

    def _greet(self, session: bytes) -> None:
        """Begin a session; nobody knows whether a key that was sent before it was taken, so it is forgotten."""
        if session == self._session:
            return
        self._session = session
        self._taken = 0
        if self._sent:
            self._drop_first()

    def _note_taken(self, taken: int) -> bool:
        """Forget a key that the computer has taken; false if it counts differently."""
        if self._sent and taken == (self._taken + 1) % NUMBERS:
            self._drop_first()
            self._taken = taken
        return taken == self._taken

    def _drop_first(self) -> None:
        del self._keys[0]
        self._sent = False

    def _do(self, kind: bytes, body: bytes) -> None:
        if kind == b"B":
            self.beeps.append(int(body))
        elif kind in b"TDL":
            self.lamp = int(body[:1])
        if kind == b"T":
            text = body[1:].decode(self._encoding, errors="replace")
            self.panel = (text[:16].rstrip(), text[16:].rstrip())
        elif kind == b"D":
            self.figures = (body[1:5].decode("ascii").strip(), body[5:].decode("ascii").strip())

    def _key(self, now: float) -> bytes:
        if not self._keys:
            return b"I"
        key, pressed_at = self._keys[0]
        self._sent = True
        age = min(OLDEST, round((now - pressed_at) * 100))
        return b"K%02X%s%02X" % ((self._taken + 1) % NUMBERS, key.encode("ascii"), age)

    def _framed(self, number: bytes, said: bytes) -> bytes:
        content = b"<%02d%s%s" % (self.address, number, said)
        return b"%s*%04X" % (content, crc_hqx(content, 0))

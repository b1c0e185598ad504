"""Finds keys in what a serial keypad sends. Pure, apart from the unfinished line it remembers."""

from .keys import Key

LONGEST_LINE = 64
LINE_ENDS = b"\r\n"


class KeyReader:
    """Reads keys sent as one byte or as one line each; everything else is noise.

    Line ends between single bytes are neither: many keypads send them after every key.
    """

    def __init__(self, keys: dict[str, Key], *, in_lines: bool) -> None:
        self._keys = {sent.encode("ascii"): key for sent, key in keys.items()}
        self._in_lines = in_lines
        self._line = b""

    def read(self, data: bytes) -> tuple[list[Key], int]:
        """Take the next bytes in; return the keys that they complete, and how many bytes are none."""
        if self._in_lines:
            return self._read_lines(data)
        sent = [data[i : i + 1] for i in range(len(data)) if data[i] not in LINE_ENDS]
        keys = [self._keys[byte] for byte in sent if byte in self._keys]
        return keys, len(sent) - len(keys)

    def _read_lines(self, data: bytes) -> tuple[list[Key], int]:
        keys, noise = [], 0
        *lines, self._line = (self._line + data).replace(b"\r", b"\n").split(b"\n")
        for line in (line.strip() for line in lines):
            if line in self._keys:
                keys.append(self._keys[line])
            else:
                noise += len(line)
        if len(self._line) > LONGEST_LINE:
            # Kept until its end, it would take the next key with it; so the tail is forgotten bit by bit.
            noise += len(self._line)
            self._line = b""
        return keys, noise

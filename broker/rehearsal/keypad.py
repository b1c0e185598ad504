"""A reference serial keypad: the device's side of a serial line, on a pseudo-terminal.

It sends plain text for each key, and shows the last two lines that it was sent, as `desk_terminal/serial_keypad.py`
describes. Its port is a link whose name stays the same when the keypad is plugged in again, as udev makes them.

    with Keypad() as keypad:      # [serial] port = keypad.port
        keypad.press("N")
        print(keypad.panel)       # ("D017 WEZWANY", "CZEKA: 4")
"""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from .pseudo_terminal import PseudoTerminal, Unplugged

__all__ = ["Keypad", "Unplugged"]

BEL = b"\x07"


class Keypad:
    """A keypad with a display of two lines; `when_shown` is called from its own thread with every new panel.

    The byte BEL makes it beep and is not shown.
    """

    def __init__(self, *, key_end: bytes = b"", encoding: str = "ascii") -> None:
        self.lines: list[str] = []
        self.beeps = 0
        self.when_shown: Callable[[tuple[str, str]], None] | None = None
        self._key_end = key_end
        self._encoding = encoding
        self._unfinished = b""
        self._terminal = PseudoTerminal("keypad", self._heard)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    @property
    def port(self) -> str:
        """Return the path for `[serial] port`."""
        return self._terminal.port

    @property
    def panel(self) -> tuple[str, str]:
        """Return what the display shows; blank before anything was sent."""
        first, second = ["", "", *self.lines][-2:]
        return first, second

    def press(self, key: str) -> None:
        """Press a key, by the text that it sends; one with nobody at the other end is lost."""
        self.send(key.encode(self._encoding) + self._key_end)

    def send(self, data: bytes) -> None:
        """Send any bytes at all."""
        self._terminal.send(data)

    def unplug(self) -> None:
        """Pull the plug: the link goes, whoever has the port open gets an error, and the display goes dark."""
        if self._terminal.plugged_in:
            self._terminal.unplug()
            self.lines, self._unfinished = [], b""

    def replug(self) -> None:
        """Plug it in again, under the same name."""
        self._terminal.plug_in()

    def close(self) -> None:
        """Unplug it for good."""
        self._terminal.close()

    def _heard(self, data: bytes) -> None:
        self.beeps += data.count(BEL)
        *lines, self._unfinished = (self._unfinished + data.replace(BEL, b"")).split(b"\n")
        for line in lines:
            self.lines.append(line.decode(self._encoding, errors="replace"))
            if len(self.lines) % 2 == 0 and self.when_shown is not None:
                self.when_shown(self.panel)

"""A reference serial keypad: the device's side of a serial line, on a pseudo-terminal.

It sends plain text for each key, and shows the last two lines that it was sent, as `desk_terminal/serial_keypad.py`
describes. Its port is a link whose name stays the same when the keypad is plugged in again, as udev makes them.

    with Keypad() as keypad:      # [serial] port = keypad.port
        keypad.press("N")
        print(keypad.panel)       # ("D017 WEZWANY", "CZEKA: 4")
"""

import contextlib
import os
import select
import tempfile
import threading
import tty
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self


class Unplugged(RuntimeError):
    """A key was pressed on a keypad that is not plugged in."""


class Keypad:
    """A keypad with a display of two lines; `when_shown` is called from its own thread with every new panel."""

    def __init__(self, *, key_end: bytes = b"", encoding: str = "ascii") -> None:
        self.lines: list[str] = []
        self.when_shown: Callable[[tuple[str, str]], None] | None = None
        self._key_end = key_end
        self._encoding = encoding
        self._folder = tempfile.TemporaryDirectory(prefix="okienko-keypad-")
        self._link = Path(self._folder.name) / "keypad"
        self._wire: _Wire | None = None
        self.replug()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    @property
    def port(self) -> str:
        """Return the path for `[serial] port`."""
        return str(self._link)

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
        if self._wire is None:
            raise Unplugged(f"no keypad at {self.port}")
        self._wire.send(data)

    def unplug(self) -> None:
        """Pull the plug: the link goes, whoever has the port open gets an error, and the display goes dark."""
        if self._wire is not None:
            self._link.unlink(missing_ok=True)
            self._wire.cut()
            self._wire = None
            self.lines = []

    def replug(self) -> None:
        """Plug it in again, under the same name."""
        if self._wire is None:
            self._wire = _Wire(self._heard)
            self._link.symlink_to(self._wire.port)

    def close(self) -> None:
        """Unplug it for good."""
        self.unplug()
        self._folder.cleanup()

    def _heard(self, line: bytes) -> None:
        self.lines.append(line.decode(self._encoding, errors="replace"))
        if len(self.lines) % 2 == 0 and self.when_shown is not None:
            self.when_shown(self.panel)


class _Wire:
    """One plugged-in life of the pseudo-terminal, read by a thread."""

    def __init__(self, heard: Callable[[bytes], None]) -> None:
        # Our own end of the port stays open, or reading would fail whenever the terminal program is away.
        self._device, self._computer = os.openpty()
        tty.setraw(self._computer)
        self.port = os.ttyname(self._computer)
        self._heard = heard
        self._woken, self._waker = os.pipe()
        self._thread = threading.Thread(target=self._run, name="keypad", daemon=True)
        self._thread.start()

    def send(self, data: bytes) -> None:
        os.write(self._device, data)

    def cut(self) -> None:
        os.write(self._waker, b"x")
        self._thread.join()
        for end in (self._computer, self._device, self._woken, self._waker):
            os.close(end)

    def _run(self) -> None:
        unfinished = b""
        while True:
            readable, _, _ = select.select([self._device, self._woken], [], [])
            if self._woken in readable:
                return
            with contextlib.suppress(OSError):
                *lines, unfinished = (unfinished + os.read(self._device, 4096)).split(b"\n")
                for line in lines:
                    self._heard(line)

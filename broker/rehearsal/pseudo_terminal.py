"""The device's end of a serial line: a pseudo-terminal whose port keeps its name when it is plugged in again."""

import contextlib
import os
import select
import tempfile
import threading
import tty
from collections.abc import Callable
from pathlib import Path


class Unplugged(RuntimeError):
    """Something was sent by a device that is not plugged in."""


class PseudoTerminal:
    """A serial port made of nothing; `when_sent` gets what the computer writes, in a thread of its own.

    The port is a link into a folder of its own, as udev makes them.
    """

    def __init__(self, name: str, when_sent: Callable[[bytes], None]) -> None:
        self._when_sent = when_sent
        self._folder = tempfile.TemporaryDirectory(prefix="okienko-keypad-")
        self._link = Path(self._folder.name) / name
        self._wire: _Wire | None = None
        self.plug_in()

    @property
    def port(self) -> str:
        """Return the path to open as a serial port."""
        return str(self._link)

    @property
    def plugged_in(self) -> bool:
        """Whether there is a port to open."""
        return self._wire is not None

    def send(self, data: bytes) -> None:
        """Send bytes to whoever has the port open; with nobody there they are lost."""
        if self._wire is None:
            raise Unplugged(f"no keypad at {self.port}")
        self._wire.send(data)

    def unplug(self) -> None:
        """Pull the plug: the link goes, and whoever has the port open gets an error."""
        if self._wire is not None:
            self._link.unlink(missing_ok=True)
            self._wire.cut()
            self._wire = None

    def plug_in(self) -> None:
        """Plug it in again, under the same name."""
        if self._wire is None:
            self._wire = _Wire(self._when_sent)
            self._link.symlink_to(self._wire.port)

    def close(self) -> None:
        """Unplug it for good."""
        self.unplug()
        self._folder.cleanup()


class _Wire:
    """One plugged-in life of the pseudo-terminal, read by a thread."""

    def __init__(self, when_sent: Callable[[bytes], None]) -> None:
        # Our own end of the port stays open, or reading would fail whenever the terminal program is away.
        self._device, self._computer = os.openpty()
        tty.setraw(self._computer)
        self.port = os.ttyname(self._computer)
        self._when_sent = when_sent
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
        while True:
            readable, _, _ = select.select([self._device, self._woken], [], [])
            if self._woken in readable:
                return
            with contextlib.suppress(OSError):
                self._when_sent(os.read(self._device, 4096))

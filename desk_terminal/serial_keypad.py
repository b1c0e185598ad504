r"""Keypads on a serial line, through pyserial.

What the keypad sends: plain ASCII, one byte or one line for each key, as `[serial.keys]` maps them.
What the keypad gets, whenever its panel changes, after every connect and every ten seconds: both lines of the
panel from top to bottom, each at most 16 characters and ended by a line feed. A keypad shows the last two lines
that it got; so one that was switched on late, or missed a line, is right again by itself.

    D017 WEZWANY\n
    CZEKA: 4\n

And `beep`, whatever text makes this keypad beep, when a key is refused or a resident is sent to this very desk.
"""

import contextlib
import logging
import threading
from collections.abc import Callable, Mapping

from .face import Face
from .key_reader import KeyReader
from .keypad import STALE_S, Edge, Heard, Noise
from .keys import Key
from .panel import Panel, panel_bytes
from .presence import FIND_AGAIN_S, Presence
from .serial_port import GONE, closed_port, reason_gone
from .sound import Sound
from .wiring import Serial

log = logging.getLogger(__name__)

READ_S = 0.5
WRITE_S = 1.0
SHOW_AGAIN_S = 10.0


class SerialKeypad:
    """A keypad on a serial port, which may be unplugged and plugged in again.

    One thread opens, reads and writes the port; at the first error it is closed, because a device that is
    plugged in while its old port is still open gets another name.
    """

    long: Mapping[Key, Key] = {}  # plain text does not tell when a key is let go

    def __init__(self, wanted: Serial, name: str, clock: Callable[[], float]) -> None:
        self.name = name
        self.quiet_s = wanted.repeat_s
        self._wanted = wanted
        self._clock = clock
        self._port = closed_port(f"{name}.port", wanted.port, wanted.baud, wanted.format, READ_S, WRITE_S)
        self._beep = threading.Event()
        self._panel: Panel | None = None
        self._shown: tuple[Panel | None, float] = (None, 0.0)
        self._open = False
        self._closing = threading.Lock()  # held to close the port and to wake its reader
        self._stopping = threading.Event()
        self._presence: Presence | None = None
        self._thread: threading.Thread | None = None

    @property
    def known(self) -> bool:
        """Return whether it has been found, or missed, since the start."""
        return self._presence is not None and self._presence.known

    def start(self, heard: Heard) -> None:
        """Look for the port, now and whenever it is gone, in a thread of its own."""
        self._thread = threading.Thread(target=self._run, args=(heard,), name=self.name, daemon=True)
        self._thread.start()

    def show(self, face: Face) -> None:
        """Have the lines written."""
        self._panel = face.lines
        self._wake()

    def sound(self, sound: Sound) -> None:  # noqa: ARG002 - the keypad has one beep for all
        """Have the beep sent, where the keypad has one."""
        if self._wanted.beep:
            self._beep.set()
            self._wake()

    def stop(self) -> None:
        """Write what is left to show and close the port."""
        self._stopping.set()
        self._wake()
        if self._thread is not None:
            self._thread.join(READ_S + 2 * WRITE_S)

    def _run(self, heard: Heard) -> None:
        self._presence = presence = Presence(self.name, heard)
        while not self._stopping.is_set():
            try:
                self._connect()
                presence.found()
                self._talk(heard)
            except GONE as error:
                presence.lost(reason_gone(self._wanted.port, error))
            finally:
                self._disconnect()
            self._stopping.wait(FIND_AGAIN_S)

    def _talk(self, heard: Heard) -> None:
        keys = {sent: Key(name) for sent, name in self._wanted.keys.items()}
        reader = KeyReader(keys, in_lines=self._wanted.sends == "lines")
        at = self._clock()
        while True:
            self._write_panel()
            self._write_beep()
            if self._stopping.is_set():
                return
            data = self._port.read(1)
            data += self._port.read(self._port.in_waiting) if data else b""
            last, at = at, self._clock()
            # After the computer stood still nobody knows how old these keys are; they may be as old as it was long.
            since = last if at - last > STALE_S else at
            pressed, noise = reader.read(data)
            for key in pressed:
                heard(Edge(self.name, key, down=True, at=since))
            if noise:
                heard(Noise(self.name, noise))

    def _write_panel(self) -> None:
        panel, now = self._panel, self._clock()
        shown, at = self._shown
        if self._wanted.panel and panel is not None and (panel != shown or now - at >= SHOW_AGAIN_S):
            self._port.write(panel_bytes(panel, self._wanted.encoding))
            self._shown = (panel, now)

    def _write_beep(self) -> None:
        if self._beep.is_set():
            self._beep.clear()
            self._port.write(self._wanted.beep.encode("ascii"))

    def _connect(self) -> None:
        self._port.open()
        with self._closing:
            self._open = True
        self._shown = (None, 0.0)
        self._beep.clear()  # what was refused while the keypad was away is over
        log.info("keypad at %s", self._wanted.port)

    def _disconnect(self) -> None:
        with self._closing, contextlib.suppress(*GONE):
            self._open = False
            self._port.close()

    def _wake(self) -> None:
        """End a read that waits, where the port can; elsewhere it ends by itself after READ_S."""
        with self._closing, contextlib.suppress(*GONE):
            if self._open and hasattr(self._port, "cancel_read"):
                self._port.cancel_read()

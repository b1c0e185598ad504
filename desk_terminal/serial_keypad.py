r"""Keypads on a serial line, through pyserial.

What the keypad sends: plain ASCII, one byte or one line for each key, as `[serial.keys]` maps them.
What the keypad gets, whenever its panel changes, after every connect and every ten seconds: both lines of the
panel from top to bottom, each at most 16 characters and ended by a line feed. A keypad shows the last two lines
that it got; so one that was switched on late, or missed a line, is right again by itself.

    D017 WEZWANY\n
    CZEKA: 4\n
"""

import contextlib
import logging
import termios
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import serial

from .face import Face
from .key_reader import KeyReader
from .keypad import BadKeypad, Edge, Fault, Heard, Noise
from .keys import Key
from .panel import Panel, panel_bytes
from .wiring import Serial
from .sound import Sound

log = logging.getLogger(__name__)

FIND_AGAIN_S = 0.5
READ_S = 0.5
WRITE_S = 1.0
SHOW_AGAIN_S = 10.0
STALE_S = 2.0
# What pyserial raises when a device goes away or cannot do what is asked: termios' own error, TypeError for a port
# that was closed meanwhile, ValueError for a speed.
GONE = (OSError, termios.error, TypeError, ValueError)


class SerialKeypad:
    """A keypad on a serial port, which may be unplugged and plugged in again.

    One thread opens, reads and writes the port; at the first error it is closed, because a device that is
    plugged in while its old port is still open gets another name.
    """

    name = "serial"
    long: Mapping[Key, Key] = {}

    def __init__(self, wanted: Serial, clock: Callable[[], float]) -> None:
        self.quiet_s = wanted.repeat_s
        self._wanted = wanted
        self._clock = clock
        self._port = _port(wanted)
        self._panel: Panel | None = None
        self._shown: tuple[Panel | None, float] = (None, 0.0)
        self._open = False
        self._closing = threading.Lock()  # held to close the port and to wake its reader
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, heard: Heard) -> None:
        """Look for the port, now and whenever it is gone, in a thread of its own."""
        self._thread = threading.Thread(target=self._run, args=(heard,), name="serial keypad", daemon=True)
        self._thread.start()

    def show(self, face: Face) -> None:
        """Have the lines written."""
        self._panel = face.lines
        self._wake()

    def sound(self, sound: Sound) -> None:
        """Stay silent."""

    def stop(self) -> None:
        """Write what is left to show and close the port."""
        self._stopping.set()
        self._wake()
        if self._thread is not None:
            self._thread.join(READ_S + 2 * WRITE_S)

    def _run(self, heard: Heard) -> None:
        missing = None
        while not self._stopping.is_set():
            try:
                self._connect()
                if missing is not None:
                    heard(Fault(self.name, None))
                    missing = None
                self._talk(heard)
            except GONE as error:
                if missing is None:
                    missing = _reason(self._wanted.port, error)
                    log.warning("no keypad: %s", missing)
                    heard(Fault(self.name, missing))
            finally:
                self._disconnect()
            self._stopping.wait(FIND_AGAIN_S)

    def _talk(self, heard: Heard) -> None:
        keys = {sent: Key(name) for sent, name in self._wanted.keys.items()}
        reader = KeyReader(keys, in_lines=self._wanted.sends == "lines")
        at = self._clock()
        while True:
            self._write_panel()
            if self._stopping.is_set():
                return
            data = self._port.read(1)
            data += self._port.read(self._port.in_waiting) if data else b""
            last, at = at, self._clock()
            if at - last > STALE_S:
                # The computer stood still, and nobody knows how old the keys are that came meanwhile.
                log.warning("%s: no time to listen for %.1f s; keys are dropped", self._wanted.port, at - last)
                self._port.reset_input_buffer()
                continue
            pressed, noise = reader.read(data)
            for key in pressed:
                heard(Edge(self.name, key, down=True, at=at))
            if noise:
                heard(Noise(self.name, noise))

    def _write_panel(self) -> None:
        panel, now = self._panel, self._clock()
        shown, at = self._shown
        if self._wanted.panel and panel is not None and (panel != shown or now - at >= SHOW_AGAIN_S):
            self._port.write(panel_bytes(panel, self._wanted.encoding))
            self._shown = (panel, now)

    def _connect(self) -> None:
        self._port.open()
        with self._closing:
            self._open = True
        self._shown = (None, 0.0)
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


def _port(wanted: Serial) -> serial.SerialBase:
    """Set a port up without opening it; a device that is missing now may come later, an address of no sense not."""
    bits, parity, stop_bits = tuple(wanted.format)
    try:
        return serial.serial_for_url(
            wanted.port,
            do_not_open=True,
            baudrate=wanted.baud,
            bytesize=int(bits),
            parity=parity,
            stopbits=int(stop_bits),
            timeout=READ_S,
            write_timeout=WRITE_S,
            exclusive=True,
        )
    except ValueError as error:
        raise BadKeypad(f"serial.port = {wanted.port!r}: {error}; it should be like /dev/serial/by-id/...") from None


def _reason(port: str, error: BaseException) -> str:
    """Say in one line why the keypad is gone; pyserial's own words only where the plug is not the reason."""
    if "://" not in port and not Path(port).exists():
        return f"{port}: not plugged in"
    return f"{port}: {' '.join(str(error).split())}"

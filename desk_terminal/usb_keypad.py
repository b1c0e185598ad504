"""USB keypads and keyboards through evdev, each known by the port that it is plugged into.

The keypad is grabbed: what is typed on it goes nowhere else, neither to a console nor to a screen's keyboard focus.
Two identical keypads differ in nothing but their port, so `/dev/input/by-path/` names them. Edges carry the kernel's
own time, so a computer that was busy for a while neither makes one press of two nor fires a key that is long over.
"""

import fcntl
import logging
import os
import select
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

import evdev
from evdev import ecodes

from .face import Face
from .keypad import BadKeypad, Edge, Heard
from .keys import Key
from .presence import FIND_AGAIN_S, Presence
from .sound import Sound
from .wiring import Usb

log = logging.getLogger(__name__)

DOWN, UP = 1, 0  # 2 is the keyboard repeating a key that is held
# _IOW('E', 0xa0, int) of linux/input.h: which clock stamps the events.
EVIOCSCLOCKID = 0x400445A0


class Unplugged(OSError):
    """The device file says that its device is gone."""


class EventFile(Protocol):
    """What is needed of evdev's device; its `fd` becomes readable when `read` has something to return."""

    fd: int

    def read(self) -> Iterable[evdev.InputEvent]:
        """Return the events that have come; none when the device is gone, unless that is an OSError."""

    def close(self) -> None:
        """Let go of it."""


OpenPort = Callable[[str], EventFile]


class UsbKeypad:
    """A keypad on a USB port, which may be unplugged and plugged in again; read by a thread of its own.

    `opened` makes the device of a path, grabbed, or raises OSError; its events bear CLOCK_BOOTTIME, the terminal's.
    """

    def __init__(self, wanted: Usb, name: str, quiet_s: float, opened: OpenPort | None = None) -> None:
        self.name = name
        self.quiet_s = quiet_s
        self.long = {Key(key): Key(meaning) for key, meaning in wanted.long.items()}
        self._port = wanted.port
        self._keys = {_code(name, sent): Key(key) for sent, key in wanted.keys.items()}
        self._opened = opened or grabbed
        self._stopping = threading.Event()
        self._presence: Presence | None = None
        self._thread: threading.Thread | None = None
        self._woken = self._waker = -1  # a pipe that is closed to end a wait for events

    @property
    def known(self) -> bool:
        """Return whether it has been found, or missed, since the start."""
        return self._presence is not None and self._presence.known

    def start(self, heard: Heard) -> None:
        """Look for the device, now and whenever it is gone."""
        self._woken, self._waker = os.pipe()
        self._thread = threading.Thread(target=self._run, args=(heard,), name=self.name, daemon=True)
        self._thread.start()

    def show(self, face: Face) -> None:
        """Show nothing: a USB keypad has no display."""

    def sound(self, sound: Sound) -> None:
        """Stay silent: a USB keypad has no buzzer."""

    def stop(self) -> None:
        """Let go of the device."""
        self._stopping.set()
        if self._thread is not None:
            os.close(self._waker)
            self._thread.join()
            os.close(self._woken)
            self._thread = None

    def _run(self, heard: Heard) -> None:
        self._presence = presence = Presence(self.name, heard)
        while not self._stopping.is_set():
            device = None
            try:
                device = self._opened(self._port)
                log.info("keypad at %s", self._port)
                presence.found()
                self._listen(device, heard)
            except OSError as error:
                presence.lost(_reason(self._port, error))
            finally:
                if device is not None:
                    device.close()
            self._stopping.wait(FIND_AGAIN_S)

    def _listen(self, device: EventFile, heard: Heard) -> None:
        while True:
            readable, _, _ = select.select([device.fd, self._woken], [], [])
            if self._woken in readable:
                return
            events = list(device.read())
            if not events:
                raise Unplugged("the device is gone")
            for edge in edges(events, self.name, self._keys):
                heard(edge)


def edges(events: Iterable[evdev.InputEvent], name: str, keys: dict[int, Key]) -> Iterator[Edge]:
    """Return what a keypad's events say of these keys; a key that repeats itself while it is held says nothing."""
    for event in events:
        if event.type == ecodes.EV_KEY and event.value in (DOWN, UP) and event.code in keys:
            yield Edge(name, keys[event.code], event.value == DOWN, event.timestamp())


def grabbed(port: str) -> EventFile:
    """Open the device for ourselves alone, with the clock that goes on in its sleep; OSError if it cannot be."""
    device: evdev.InputDevice[str] = evdev.InputDevice(port)
    try:
        device.grab()
        fcntl.ioctl(device.fd, EVIOCSCLOCKID, struct.pack("i", time.CLOCK_BOOTTIME))
    except OSError:
        device.close()
        raise
    return device


def _code(name: str, sent: str) -> int:
    code = ecodes.ecodes.get(sent)
    if code is None:
        raise BadKeypad(f"{name}.keys: {sent!r} is no key that Linux knows; evtest shows the name of a key")
    return int(code)


def _reason(port: str, error: OSError) -> str:
    if not Path(port).exists():
        return f"{port}: not plugged in"
    return f"{port}: {' '.join(str(error).split())}"

"""Matrix keypads on the pins of a Raspberry Pi, through gpiozero.

Theory of operation. Each key joins a row wire to a column wire. All are inputs with pull-ups; a row is only ever
driven low, one at a time, and the columns that follow it down show its keys. No pin is ever driven high, so two keys
held in one column cannot short two outputs. While no key is down, all rows are low and the thread sleeps until a
column falls: an idle keypad costs nothing. From then on the keypad is scanned until all keys are up; what two scans
in a row agree upon counts.
"""

import threading
import time
from collections.abc import Callable

import gpiozero
from gpiozero.pins import Factory

from .face import Face
from .gpio_wire import wired
from .keypad import Edge, Heard
from .keys import Key
from .matrix_ghosts import Crossing, keys_down
from .presence import FIND_AGAIN_S, Presence
from .sound import Sound
from .wiring import Matrix

SCAN_S = 0.01
# How long a column may take to rise again through its pull-up, on a few metres of flat cable.
SETTLE_S = 0.0002
# A falling column always wakes the thread; should the kernel ever drop that edge, the key is found this late.
LOOK_AGAIN_S = 1.0


class MatrixKeypad:
    """A keypad of rows and columns, read by a thread of its own; `heard` is called from it."""

    def __init__(
        self, wanted: Matrix, name: str, quiet_s: float, clock: Callable[[], float], pin_factory: Factory | None = None
    ) -> None:
        self.name = name
        self.quiet_s = quiet_s
        self.long = {Key(key): Key(meaning) for key, meaning in wanted.long.items()}
        self._clock = clock
        self._keys: dict[Crossing, Key] = {
            (row, column): Key(key) for row, keys in enumerate(wanted.keys) for column, key in enumerate(keys) if key
        }
        self._rows = [
            wired(f"{name}.rows[{at}]", pin, gpiozero.InputDevice, pull_up=True, pin_factory=pin_factory)
            for at, pin in enumerate(wanted.rows)
        ]
        self._columns = [
            wired(f"{name}.columns[{at}]", pin, gpiozero.DigitalInputDevice, pull_up=True, pin_factory=pin_factory)
            for at, pin in enumerate(wanted.columns)
        ]
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._presence: Presence | None = None
        self._thread: threading.Thread | None = None

    @property
    def known(self) -> bool:
        """Return whether it has been found, or missed, since the start."""
        return self._presence is not None and self._presence.known

    def start(self, heard: Heard) -> None:
        """Begin to listen; a key that is held down already is no press."""
        for column in self._columns:
            column.when_activated = self._woken.set
        self._thread = threading.Thread(target=self._run, args=(heard,), name=self.name, daemon=True)
        self._thread.start()

    def show(self, face: Face) -> None:
        """Show nothing: a matrix has no display."""

    def sound(self, sound: Sound) -> None:
        """Stay silent: a matrix has no buzzer."""

    def stop(self) -> None:
        """Let go of the pins."""
        self._stopping.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()
        for wire in (*self._rows, *self._columns):
            wire.close()

    def _run(self, heard: Heard) -> None:
        """Read the keys; after an error of the pins, tell it and try them again."""
        self._presence = presence = Presence(self.name, heard)
        while not self._stopping.is_set():
            try:
                self._read(heard, presence)
            except Exception as error:  # noqa: BLE001 - what lgpio raises is its own and nothing more
                presence.lost(f"{self.name}: {' '.join(str(error).split())}")
                self._stopping.wait(FIND_AGAIN_S)

    def _read(self, heard: Heard, presence: Presence) -> None:
        self._drive_no_row()
        down = last = self._scan()
        presence.found()
        while not self._stopping.is_set():
            seen = self._scan()
            if seen == last:
                before, down = down, keys_down(down, seen)
                self._tell(heard, before, down)
            last = seen
            if seen or down:
                self._stopping.wait(SCAN_S)
            else:
                self._wait_for_a_key()

    def _tell(self, heard: Heard, before: frozenset[Crossing], down: frozenset[Crossing]) -> None:
        at = self._clock()
        for crossing in sorted(before ^ down):
            if crossing in self._keys:
                heard(Edge(self.name, self._keys[crossing], crossing in down, at))

    def _scan(self) -> frozenset[Crossing]:
        seen = set()
        for at, row in enumerate(self._rows):
            row.pin.output_with_state(0)
            time.sleep(SETTLE_S)
            seen |= {(at, column) for column, wire in enumerate(self._columns) if wire.is_active}
            row.pin.input_with_pull("up")
        return frozenset(seen)

    def _wait_for_a_key(self) -> None:
        self._woken.clear()
        for row in self._rows:
            row.pin.output_with_state(0)
        # A key that went down before the rows were low makes no edge any more, but its column is low.
        if not self._stopping.is_set() and not any(column.is_active for column in self._columns):
            self._woken.wait(LOOK_AGAIN_S)
        self._drive_no_row()

    def _drive_no_row(self) -> None:
        for row in self._rows:
            row.pin.input_with_pull("up")

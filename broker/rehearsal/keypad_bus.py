"""Several reference keypads on one RS-485 line, which is a pseudo-terminal; also a program, to try a desk with.

    python -m broker.rehearsal.keypad_bus --addresses 1,2,3

prints the port for `[bus]` and what the keypads show; "2 N" on its input presses N at address 2.
"""

import argparse
import contextlib
import random
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import Self

from .line_keypad import LineKeypad
from .pseudo_terminal import PseudoTerminal, Unplugged

LAMPS = ("off", "steady", "slow", "fast")
Delivered = Callable[[bytes], Sequence[bytes]]


class KeypadBus:
    """Keypads on one line, by address, and what the line does to the frames on it.

    `to_keypads` and `to_computer` take a frame with its line end and return what arrives: the frame, nothing, the
    frame several times, other bytes.
    """

    def __init__(self, addresses: Iterable[int], clock: Callable[[], float], encoding: str = "ascii") -> None:
        self.keypads = {address: LineKeypad(address, encoding) for address in addresses}
        self.to_keypads: Delivered = _whole
        self.to_computer: Delivered = _whole
        self.when_shown: Callable[[LineKeypad], None] = _ignored
        self.frames = 0
        self._clock = clock
        self._lock = threading.Lock()
        self._unfinished = b""
        self._terminal = PseudoTerminal("bus", self._heard)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    @property
    def port(self) -> str:
        """Return the path for `[bus] port`."""
        return self._terminal.port

    def press(self, address: int, key: str) -> bool:
        """Press a key of one keypad; false if it has too many waiting."""
        with self._lock:
            return self.keypads[address].press(key, self._clock())

    def switch_on(self, address: int) -> None:
        """Let one keypad lose its power for a moment."""
        with self._lock:
            self.keypads[address].switch_on()

    def send(self, data: bytes) -> None:
        """Put any bytes at all on the line."""
        self._terminal.send(data)

    def unplug(self) -> None:
        """Pull the adapter out of the computer; the keypads keep their power and their keys."""
        self._terminal.unplug()

    def plug_in(self) -> None:
        """Plug it in again, under the same name."""
        self._terminal.plug_in()

    def close(self) -> None:
        """Unplug it for good."""
        self._terminal.close()

    def _heard(self, data: bytes) -> None:
        *lines, self._unfinished = (self._unfinished + data).split(b"\n")
        for line in lines:
            self.frames += 1
            for arrived in self.to_keypads(line + b"\n"):
                self._answer(arrived.removesuffix(b"\n"))

    def _answer(self, line: bytes) -> None:
        for keypad in list(self.keypads.values()):
            with self._lock:
                before = _shown(keypad)
                answer = keypad.answer(line, self._clock())
            if _shown(keypad) != before:
                self.when_shown(keypad)
            for arrived in self.to_computer(answer + b"\n") if answer is not None else []:
                with contextlib.suppress(Unplugged, OSError):
                    self._terminal.send(arrived)


def spoiling(dice: random.Random, share: float) -> Delivered:
    """Return a line that loses, repeats or garbles this share of its frames."""

    def delivered(frame: bytes) -> list[bytes]:
        if dice.random() >= share:
            return [frame]
        at = dice.randrange(len(frame))
        garbled = frame[:at] + bytes([frame[at] ^ dice.randrange(1, 256)]) + frame[at + 1 :]
        return dice.choice(([], [frame] * 3, [garbled], [dice.randbytes(5), frame]))

    return delivered


def main(arguments: Sequence[str] | None = None) -> None:
    """Play keypads until the input ends: each of its lines is an address and the keys to press."""
    parser = argparse.ArgumentParser(prog="python -m broker.rehearsal.keypad_bus", description=__doc__)
    parser.add_argument("--addresses", default="1", help="of the keypads, like 1,2,3")
    parser.add_argument("--encoding", default="ascii", help="of their displays")
    parser.add_argument("--spoil", type=float, default=0.0, metavar="SHARE", help="of the frames, 0 to 1, by bad luck")
    given = parser.parse_args(arguments)
    with KeypadBus(map(int, given.addresses.split(",")), time.monotonic, given.encoding) as bus:
        bus.to_keypads = bus.to_computer = spoiling(random.Random(), given.spoil)  # noqa: S311 - no secret
        bus.when_shown = lambda keypad: print(_shown(keypad), flush=True)
        print(f"port = {bus.port}", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            for line in sys.stdin:
                _press(bus, line)


def _press(bus: KeypadBus, line: str) -> None:
    address, _, keys = line.strip().partition(" ")
    if not address.isdecimal() or int(address) not in bus.keypads:
        print(f"an address and its keys, please, like: {next(iter(bus.keypads))} N", flush=True)
        return
    for key in keys.strip():
        if not bus.press(int(address), key):
            print(f"{address}: too many keys wait; {key} is lost", flush=True)


def _shown(keypad: LineKeypad) -> str:
    first, second = keypad.panel
    number, count = keypad.figures
    lamp = LAMPS[keypad.lamp] if keypad.lamp < len(LAMPS) else str(keypad.lamp)
    beeps = f"  beeps: {len(keypad.beeps)}" if keypad.beeps else ""
    figures = f"  [{number:>4}] [{count:>4}]" if number or count else ""
    return f"{keypad.address:>2} |{first:<16}|{second:<16}|{figures}  lamp: {lamp}{beeps}"


def _whole(frame: bytes) -> Sequence[bytes]:
    return [frame]


def _ignored(_keypad: LineKeypad) -> None:
    return


if __name__ == "__main__":
    main()

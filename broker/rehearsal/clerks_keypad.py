"""The reference keypads as the clerks of a rehearsal have them, and how each is wired in `desk.toml`."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from .keypad import Keypad
from .keypad_bus import KeypadBus

# What every keypad of a rehearsal sends for its keys; a digit sends itself.
KEYS = {"N": "next", "R": "recall", "S": "start", "F": "finish", "X": "no_show", "O": "open_close"}
KEYS |= {"P": "pause", "H": "hold", "M": "resume", "T": "transfer", "C": "call", "U": "undo", "E": "clear"}
KEYS |= {digit: digit for digit in "0123456789"}
# Where a code that is typed before TRANSFER leads; any other is the desk of that number.
TARGETS = {"2": "vehicles", "3": "drivers", "4": "id-cards", "5": "population", "6": "business"}
ADDRESS = 1


@dataclass(frozen=True)
class ClerksKeypad:
    """A keypad with a display of two lines; `wiring` are the sections of `desk.toml` for it."""

    wiring: str
    press: Callable[[str], object]  # by the character that the key sends
    panel: Callable[[], tuple[str, str]]
    close: Callable[[], None]


def on_serial_line() -> ClerksKeypad:
    """Return a keypad on a serial line."""
    keypad = Keypad()
    return ClerksKeypad(serial_wiring(keypad.port), keypad.press, lambda: keypad.panel, keypad.close)


def on_bus(clock: Callable[[], float]) -> ClerksKeypad:
    """Return a keypad on an RS-485 line, which it has to itself."""
    bus = KeypadBus([ADDRESS], clock)
    wiring = f'{_targets()}[bus]\nport = "{bus.port}"\n\n[rs485]\naddress = {ADDRESS}\n{_keys("rs485")}'
    return ClerksKeypad(wiring, lambda key: bus.press(ADDRESS, key), lambda: bus.keypads[ADDRESS].panel, bus.close)


def serial_wiring(port: str) -> str:
    """Return the sections of `desk.toml` for a keypad at this port."""
    return f'{_targets()}[serial]\nport = "{port}"\n{_keys("serial")}'


def _keys(section: str) -> str:
    pairs = "".join(f"{json.dumps(sent)} = {json.dumps(key)}\n" for sent, key in KEYS.items())
    return f"\n[{section}.keys]\n{pairs}"


def _targets() -> str:
    pairs = "".join(f'"{code}" = {{ category = "{category}" }}\n' for code, category in TARGETS.items())
    return f"[transfer]\n{pairs}\n"

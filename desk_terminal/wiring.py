"""How keypads are wired, as `desk.toml` says it: one struct for each of its sections, strict about every value."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from .key_reader import LONGEST_LINE
from .keys import key_named

HEADER_PINS = range(28)  # BCM numbers on the 40-pin header
PLAIN_KEYS = {"N": "next", "R": "recall", "S": "start", "F": "finish", "X": "no_show", "O": "open_close"}
DIGITS = {digit: digit for digit in "0123456789"}
BUS_KEYS = PLAIN_KEYS | DIGITS | {"P": "pause", "H": "hold", "M": "resume", "T": "transfer", "C": "call"}
BUS_KEYS |= {"U": "undo", "E": "clear"}
NUMERIC_KEYPAD = {f"KEY_KP{digit}": digit for digit in DIGITS} | {f"KEY_{digit}": digit for digit in DIGITS}
NUMERIC_KEYPAD |= {"KEY_KPENTER": "next", "KEY_ENTER": "next", "KEY_KPPLUS": "start", "KEY_KPMINUS": "recall"}
NUMERIC_KEYPAD |= {"KEY_KPASTERISK": "transfer", "KEY_KPSLASH": "call", "KEY_KPDOT": "clear", "KEY_BACKSPACE": "clear"}

ASCII_SAMPLE = "A1: \n"

Port = Annotated[str, Meta(min_length=1, pattern=r"^[^\x00-\x1f]*$")]
Baud = Annotated[int, Meta(ge=50, le=4_000_000)]


class Gpio(Struct, frozen=True, forbid_unknown_fields=True):
    """Keys wired between a pin and ground, a lamp and a buzzer; pins by their BCM number."""

    keys: dict[str, int] = {}
    lamp: int | None = None
    buzzer: int | None = None
    long: dict[str, str] = {}

    def __post_init__(self) -> None:
        _check_keys(self.keys)
        _check_pins(self.pins)
        _check_long(self.long, self.keys)

    @property
    def pins(self) -> list[tuple[str, int]]:
        """Return every pin that is wired, with the name of what hangs on it."""
        others = [("lamp", self.lamp), ("buzzer", self.buzzer)]
        return [*self.keys.items(), *((name, pin) for name, pin in others if pin is not None)]


class Matrix(Struct, frozen=True, forbid_unknown_fields=True):
    """Keys at the crossings of row and column wires; `keys` row by row, as they lie on the keypad, "" for no key."""

    rows: Annotated[list[int], Meta(min_length=1, max_length=8)]
    columns: Annotated[list[int], Meta(min_length=1, max_length=8)]
    keys: list[list[str]]
    long: dict[str, str] = {}

    def __post_init__(self) -> None:
        if len(self.keys) != len(self.rows):
            raise ValueError(f"keys: {len(self.keys)} rows of keys, but rows has {len(self.rows)} pins")
        for at, row in enumerate(self.keys, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"keys: row {at} has {len(row)} keys, but columns has {len(self.columns)} pins")
        names = [name for row in self.keys for name in row if name]
        if not names:
            raise ValueError("keys: none has a name; it should be like next at one crossing at least")
        _check_keys(names)
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"keys: {name!r} stands at two crossings; each key needs its own")
        _check_pins(self.pins)
        _check_long(self.long, names)

    @property
    def pins(self) -> list[tuple[str, int]]:
        """Return every pin that is wired, as `rows[0]`, `columns[0]` and so on."""
        wires = {"rows": self.rows, "columns": self.columns}
        return [(f"{name}[{at}]", pin) for name, pins in wires.items() for at, pin in enumerate(pins)]


class Serial(Struct, frozen=True, forbid_unknown_fields=True):
    """A keypad that sends plain text, one byte or one line for each key."""

    port: Port
    baud: Baud = 9600
    format: str = "8N1"
    sends: str = "bytes"
    keys: dict[str, str] = field(default_factory=PLAIN_KEYS.copy)
    repeat_s: Annotated[float, Meta(ge=0, le=5)] = 0.5
    panel: bool = True
    encoding: str = "ascii"
    beep: str = ""

    def __post_init__(self) -> None:
        _check_keys(self.keys.values())
        if not re.fullmatch("[78][NEO][12]", self.format):
            raise ValueError(f"format: {self.format!r} should be like 8N1: data bits, parity N E O, stop bits")
        if self.sends not in ("bytes", "lines"):
            raise ValueError(f"sends: {self.sends!r} should be bytes or lines")
        for sent in self.keys:
            if not _is_plain(sent):
                raise ValueError(f"keys: {sent!r} should be plain ASCII characters")
            if self.sends == "bytes" and len(sent) != 1:
                raise ValueError(f'keys: {sent!r} should be one character, or sends = "lines"')
            if len(sent) > LONGEST_LINE:
                raise ValueError(f"keys: {sent!r} should be at most {LONGEST_LINE} characters")
        if not self.beep.isascii():
            raise ValueError(f'beep: {self.beep!r} should be ASCII, like "\\u0007"')
        _check_encoding(self.encoding)


class Usb(Struct, frozen=True, forbid_unknown_fields=True):
    """A keypad or keyboard on a USB port, by evdev's names of its keys."""

    port: Port
    keys: dict[str, str] = field(default_factory=NUMERIC_KEYPAD.copy)
    long: dict[str, str] = {}

    def __post_init__(self) -> None:
        if not self.port.startswith("/"):
            raise ValueError(f"port: {self.port!r} should be a path, like /dev/input/by-path/...-event-kbd")
        for sent in self.keys:
            if not re.fullmatch("(KEY|BTN)_[A-Z0-9_]+", sent):
                raise ValueError(f"keys: {sent!r} should be evdev's name of a key, like KEY_KPENTER")
        _check_keys(self.keys.values())
        _check_long(self.long, self.keys.values())


class Bus(Struct, frozen=True, forbid_unknown_fields=True):
    """The RS-485 line of the process, for keypads that speak docs/desk/line-protocol.md."""

    port: Port
    baud: Baud = 19200
    # From the end of a frame to the end of its answer, beside the time that the answer is on the wire itself;
    # USB adapters alone keep what they receive for up to 16 ms.
    answer_s: Annotated[float, Meta(ge=0.001, le=1)] = 0.04
    silent_s: Annotated[float, Meta(ge=0.5, le=60)] = 2.0
    poll_s: Annotated[float, Meta(ge=0.005, le=1)] = 0.05
    seek_s: Annotated[float, Meta(ge=0.1, le=60)] = 1.0


class Rs485(Struct, frozen=True, forbid_unknown_fields=True):
    """One keypad on the RS-485 line."""

    address: Annotated[int, Meta(ge=1, le=99)]
    keys: dict[str, str] = field(default_factory=BUS_KEYS.copy)
    display: Literal["text", "digits", "none"] = "text"
    encoding: str = "ascii"

    def __post_init__(self) -> None:
        _check_keys(self.keys.values())
        for sent in self.keys:
            if len(sent) != 1 or not _is_plain(sent):
                raise ValueError(f"keys: {sent!r} should be one plain ASCII character")
        _check_encoding(self.encoding)
        if len("ą".encode(self.encoding, errors="replace")) != 1:
            raise ValueError(f"encoding: {self.encoding!r} should write a letter as one byte; cp852 or cp1251 does")


def check_taken(wires: Iterable[tuple[str, str | int]]) -> None:
    """Refuse a pin, port or address that is wired twice; each wire is its place in desk.toml and what it is put to."""
    taken: dict[str | int, str] = {}
    for place, what in wires:
        if what in taken:
            raise ValueError(f"{place} = {what}: taken by {taken[what]}; each needs its own")
        taken[what] = place


def _check_pins(pins: Iterable[tuple[str, int]]) -> None:
    for name, pin in pins:
        if pin not in HEADER_PINS:
            raise ValueError(f"{name} = {pin}: no such pin; BCM pins are 0 to 27")
    check_taken(pins)


def _check_keys(names: Iterable[str]) -> None:
    for name in names:
        key_named(name)


def _check_long(long: Mapping[str, str], keys: Iterable[str]) -> None:
    _check_keys([*long, *long.values()])
    wired = set(keys)
    for name in long:
        if name not in wired:
            raise ValueError(f"long: {name!r} is not wired; the keys here are {', '.join(sorted(wired))}")


def _check_encoding(encoding: str) -> None:
    try:
        plain = ASCII_SAMPLE.encode(encoding, errors="replace")
    except (LookupError, ValueError):
        raise ValueError(f"encoding: {encoding!r} is unknown; ascii, cp852 or cp1251 for example") from None
    if plain != ASCII_SAMPLE.encode("ascii"):
        raise ValueError(f"encoding: {encoding!r} writes A1 in another way than ASCII; cp852 or cp1251 does not")


def _is_plain(sent: str) -> bool:
    return sent.isascii() and sent.isprintable() and sent.strip() == sent != ""

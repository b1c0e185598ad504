"""The settings of a desk terminal; default.toml beside this file has a comment for each."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct, field
from msgspec.structs import force_setattr

from broker.contract import topics
from broker.contract.settings import check_mqtt

from .keys import Key
from .words import WORDS

DEFAULTS = Path(__file__).with_name("default.toml")
HEADER_PINS = range(28)  # BCM numbers on the 40-pin header
PLAIN_KEYS = {"N": "next", "R": "recall", "S": "start", "F": "finish", "X": "no_show", "O": "open_close"}
UKRAINIAN_SAMPLE = "ЄІЇ"


class Gpio(Struct, frozen=True, forbid_unknown_fields=True):
    """Keys wired between a pin and ground, and a lamp; pins by their BCM number."""

    keys: dict[str, int] = {}
    lamp: int | None = None

    def __post_init__(self) -> None:
        _check_keys(self.keys)
        wired = [*self.keys.items(), *([] if self.lamp is None else [("lamp", self.lamp)])]
        taken: dict[int, str] = {}
        for name, pin in wired:
            if pin not in HEADER_PINS:
                raise ValueError(f"{name} = {pin}: no such pin; BCM pins are 0 to 27")
            if pin in taken:
                raise ValueError(f"{name} = {pin}: the pin is taken by {taken[pin]}; each needs its own")
            taken[pin] = name


class Serial(Struct, frozen=True, forbid_unknown_fields=True):
    """A keypad that sends plain text, one byte or one line for each key."""

    port: Annotated[str, Meta(min_length=1)]
    baud: Annotated[int, Meta(ge=50, le=4_000_000)] = 9600
    format: str = "8N1"
    sends: str = "bytes"
    keys: dict[str, str] = field(default_factory=PLAIN_KEYS.copy)
    repeat_s: Annotated[float, Meta(ge=0, le=5)] = 0.5
    panel: bool = True
    encoding: str = "ascii"

    def __post_init__(self) -> None:
        _check_keys(self.keys.values())
        if not re.fullmatch("[78][NEO][12]", self.format):
            raise ValueError(f"format: {self.format!r} should be like 8N1: data bits, parity N E O, stop bits")
        if self.sends not in ("bytes", "lines"):
            raise ValueError(f"sends: {self.sends!r} should be bytes or lines")
        for sent in self.keys:
            if not (sent.isascii() and sent.isprintable() and sent.strip() == sent != ""):
                raise ValueError(f"keys: {sent!r} should be plain ASCII characters")
            if self.sends == "bytes" and len(sent) != 1:
                raise ValueError(f'keys: {sent!r} should be one character, or sends = "lines"')
        try:
            "A".encode(self.encoding)
        except LookupError:
            raise ValueError(f"encoding: {self.encoding!r} is unknown; ascii, cp852 or cp1251 for example") from None


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The keypad, lamp and text panel on a clerk's desk."""

    id: Annotated[str, Meta(description="this device, like desk-30; also its MQTT user")]
    mqtt: Annotated[str, Meta(description="the MQTT server, like mqtt://127.0.0.1:1883")]
    desk: Annotated[str, Meta(max_length=64, description="the desk it serves; left out: the id without desk-")] = ""
    language: Annotated[str, Meta(description="of the text panel: pl, en or uk")] = "pl"
    debounce_s: Annotated[
        float, Meta(ge=0, le=1, description="how long a wired key must be quiet before it counts again")
    ] = 0.05
    gpio: Gpio = field(default_factory=Gpio)
    serial: Serial | None = None

    def __post_init__(self) -> None:
        if not topics.CLIENT_PATTERN.fullmatch(self.id):
            raise ValueError(f"id: {self.id!r} should be like desk-30: lower-case letters, digits, . _ -")
        if not self.desk:
            if not self.id.startswith("desk-") or self.id == "desk-":
                raise ValueError(f'desk: missing; with id = "{self.id}" say which desk it is, like desk = "30"')
            force_setattr(self, "desk", self.id.removeprefix("desk-"))
        if any(sign in self.desk for sign in "/+#"):
            raise ValueError(f"desk: {self.desk!r} should be a desk's id in office.toml, without / + #")
        if self.language not in WORDS:
            raise ValueError(f"language: {self.language!r} should be one of {', '.join(WORDS)}")
        self._check_encoding()
        check_mqtt(self.mqtt)

    def _check_encoding(self) -> None:
        if self.serial is None or not self.serial.panel or self.language != "uk":
            return
        try:
            UKRAINIAN_SAMPLE.encode(self.serial.encoding)
        except UnicodeEncodeError:
            raise ValueError(
                f"serial.encoding: {self.serial.encoding!r} cannot write Ukrainian; cp1251 or utf-8 can"
            ) from None


def _check_keys(names: Iterable[str]) -> None:
    for name in names:
        if name not in set(Key):
            raise ValueError(f"{name!r} is no key; the keys are {', '.join(Key)}")

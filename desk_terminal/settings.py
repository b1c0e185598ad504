"""The settings of a desk terminal; default.toml beside this file has a comment for each."""

import re
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import force_setattr

from broker.contract import topics
from broker.contract.credentials import DEFAULT
from broker.contract.settings import check_mqtt

from .typed import TYPED_MOST, Target
from .wiring import Bus, Gpio, Matrix, Rs485, Serial, Usb, check_taken
from .words import WORDS

DEFAULTS = Path(__file__).with_name("default.toml")
UKRAINIAN_SAMPLE = "ЄІЇ"
KEYPAD_SECTIONS = ("gpio", "matrix", "serial", "usb", "rs485")


class DeskWires(Struct, frozen=True, forbid_unknown_fields=True):
    """One desk of several: its id in `office.toml`, and its keypads."""

    desk: Annotated[str, Meta(min_length=1, max_length=64)]
    language: str = ""
    gpio: Gpio | None = None
    matrix: Matrix | None = None
    serial: Serial | None = None
    usb: Usb | None = None
    rs485: Rs485 | None = None

    def __post_init__(self) -> None:
        if any(sign in self.desk for sign in "/+#") or not self.desk.isprintable():
            raise ValueError(f"desk: {self.desk!r} should be a desk's id in office.toml, without / + #")
        if self.language not in ("", *WORDS):
            raise ValueError(f"language: {self.language!r} should be one of {', '.join(WORDS)}")
        texts = {"serial": self.serial} if self.serial is not None and self.serial.panel else {}
        shown = {"rs485": self.rs485} if self.rs485 is not None and self.rs485.display == "text" else {}
        for section, wanted in (texts | shown).items():
            self._check_encoding(section, wanted.encoding)

    @property
    def pins(self) -> list[tuple[str, int]]:
        """Return every pin of this desk, with its place in `desk.toml`."""
        sections = {"gpio": self.gpio, "matrix": self.matrix}
        return [(f"{name}.{at}", pin) for name, wired in sections.items() if wired for at, pin in wired.pins]

    @property
    def ports(self) -> list[tuple[str, str]]:
        """Return every port of this desk, with its place in `desk.toml`."""
        sections = {"serial": self.serial, "usb": self.usb}
        return [(f"{name}.port", wired.port) for name, wired in sections.items() if wired]

    def _check_encoding(self, section: str, encoding: str) -> None:
        if self.language != "uk":
            return
        try:
            UKRAINIAN_SAMPLE.encode(encoding)
        except UnicodeEncodeError:
            raise ValueError(f"{section}.encoding: {encoding!r} cannot write Ukrainian; cp1251 or utf-8 can") from None


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The keypads, lamps and text panels on the desks of one or several clerks."""

    id: Annotated[str, Meta(description="this device, like desk-30; also its MQTT user")]
    mqtt: Annotated[str, Meta(description="the MQTT server, like mqtt://127.0.0.1:1883, mqtts://host, or mdns:")]
    credentials: Annotated[str, Meta(description="file with its password for MQTT, made by pairing")] = DEFAULT
    desk: Annotated[str, Meta(max_length=64, description="the desk it serves; left out: the id without desk-")] = ""
    language: Annotated[str, Meta(description="of the text panel: pl, en or uk")] = "pl"
    debounce_s: Annotated[
        float, Meta(ge=0, le=1, description="how long a wired key must be quiet before it counts again")
    ] = 0.05
    long_press_s: Annotated[
        float, Meta(ge=0.2, le=5, description="how long a key is held down for its second meaning")
    ] = 0.8
    gpio: Gpio | None = None
    matrix: Matrix | None = None
    serial: Serial | None = None
    usb: Usb | None = None
    rs485: Rs485 | None = None
    bus: Bus | None = None
    desks: list[DeskWires] = []
    transfer: dict[str, Target] = {}

    def __post_init__(self) -> None:
        if not topics.CLIENT_PATTERN.fullmatch(self.id):
            raise ValueError(f"id: {self.id!r} should be like desk-30: lower-case letters, digits, . _ -")
        if self.language not in WORDS:
            raise ValueError(f"language: {self.language!r} should be one of {', '.join(WORDS)}")
        if self.desks:
            self._check_desks()
        elif not self.desk:
            if not self.id.startswith("desk-") or self.id == "desk-":
                raise ValueError(f'desk: missing; with id = "{self.id}" say which desk it is, like desk = "30"')
            force_setattr(self, "desk", self.id.removeprefix("desk-"))
        self._check_taken()
        for code in self.transfer:
            if not re.fullmatch(rf"[0-9A-Z]{{1,{TYPED_MOST}}}", code):
                raise ValueError(f"transfer: {code!r} should be 1 to {TYPED_MOST} digits or capital letters, as typed")
        check_mqtt(self.mqtt)

    @property
    def served(self) -> list[DeskWires]:
        """Return the desks with their keypads and languages, however they are written."""
        if self.desks:
            return [DeskWires(one.desk, one.language or self.language, *_keypads(one)) for one in self.desks]
        return [DeskWires(self.desk, self.language, *_keypads(self))]

    def _check_desks(self) -> None:
        for key in ("desk", *KEYPAD_SECTIONS):
            if getattr(self, key):
                raise ValueError(f"{key}: with [[desks]] it should stand within one of them")

    def _check_taken(self) -> None:
        places = [f"desks[{at}]." for at in range(len(self.desks))] or [""]
        desks = list(zip(places, self.served, strict=True))
        check_taken((f"{place}desk", desk.desk) for place, desk in desks)
        check_taken((f"{place}{at}", pin) for place, desk in desks for at, pin in desk.pins)
        line = [] if self.bus is None else [("bus.port", self.bus.port)]
        check_taken([*line, *((f"{place}{at}", port) for place, desk in desks for at, port in desk.ports)])
        addresses = [(f"{place}rs485.address", desk.rs485.address) for place, desk in desks if desk.rs485]
        check_taken(addresses)
        if addresses and self.bus is None:
            raise ValueError('bus: missing; rs485 needs the line that it is on, like bus = { port = "/dev/..." }')
        if self.bus is not None and not addresses:
            raise ValueError("bus: no desk has a keypad on it; it should have rs485 = { address = 1 }")


def _keypads(wires: DeskWires | Settings) -> tuple[Gpio | None, Matrix | None, Serial | None, Usb | None, Rs485 | None]:
    return wires.gpio, wires.matrix, wires.serial, wires.usb, wires.rs485

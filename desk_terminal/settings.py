"""The settings of a desk terminal; default.toml beside this file has a comment for each."""

from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct, field
from msgspec.structs import force_setattr

from broker.contract import topics
from broker.contract.settings import check_mqtt

from .wiring import Gpio, Serial
from .words import WORDS

DEFAULTS = Path(__file__).with_name("default.toml")
UKRAINIAN_SAMPLE = "ЄІЇ"


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

"""The kiosk's settings; what each of them is by default stands in default.toml."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from broker.contract.screen import check_screen
from broker.contract.settings import check_language, check_mqtt
from broker.contract.topics import CLIENT_PATTERN

from .key_names import codes
from .printing.extras import BadExtra, check_page_url
from .speech.headphones import headphones
from .state import Timing

DEFAULTS = Path(__file__).with_name("default.toml")
LOCALE = Path(__file__).with_name("locale")

Seconds = Annotated[float, Meta(gt=0, le=3600)]
Pixels = Annotated[int, Meta(ge=0, le=16384)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The touchscreen at the entrance that gives residents their tickets.

    With the word print-test before the options it prints a page to judge the printer by.
    """

    id: Annotated[str, Meta(pattern=f"^{CLIENT_PATTERN.pattern}$", description="this device, e.g. kiosk-1")]
    mqtt: Annotated[str, Meta(description="the MQTT server, like mqtt://127.0.0.1:1883, mqtts://host, or mdns:")]
    credentials: Annotated[str, Meta(description="file with its password for MQTT, made by pairing")]
    printer: Annotated[
        str,
        Meta(description="dummy:DIR, usb:VID:PID, network:HOST[:PORT], serial:DEVICE[:BAUD], file:DEVICE, cups:QUEUE"),
    ]
    printer_profile: Annotated[str, Meta(description="the printer's make, as the printing package knows it")]
    printer_columns: Annotated[int, Meta(ge=0, le=64, description="letters to a line; 0: the profile's own")]
    printer_raster: Annotated[bool, Meta(description="draw every line, for printers that lie about their letters")]
    printer_paper_mm: Annotated[float, Meta(ge=0, description="width of the roll: 58, 80, 82.5; 0: the profile's own")]
    printer_roll_m: Annotated[float, Meta(ge=0, le=1000, description="metres of paper on a full roll; 0: not counted")]
    printer_cut: Annotated[str, Meta(description="how a ticket ends: cut, partial, present, tear")]
    printer_status: Annotated[str, Meta(description="how it is asked: auto, epson, custom, reports, none")]
    state: Annotated[str, Meta(description="folder that remembers how much paper is left")]
    ticket_logo: Annotated[str, Meta(description="picture at the top of every ticket, such as a PNG file")]
    ticket_url: Annotated[str, Meta(description="address of a ticket's page, like https://.../{day}/{number}")]
    language: Annotated[str, Meta(description="language until the office has been heard: pl, en, uk, de")]
    width: Annotated[Pixels, Meta(description="width of the window; 0 fills the screen")]
    height: Annotated[Pixels, Meta(description="height of the window; 0 fills the screen")]
    screen: Annotated[str, Meta(description="kms: the screen itself, without a desktop; desktop; any: either")]
    software_rendering: Annotated[bool, Meta(description="whether the processor may draw where no graphics chip does")]
    rotation: Annotated[int, Meta(ge=0, le=270, multiple_of=90, description="turn of the picture, in degrees")]
    screen_mm: Annotated[float, Meta(ge=200, le=3000, description="the longer side of the picture in millimetres")]
    screen_bottom_mm: Annotated[float, Meta(ge=0, le=2000, description="the picture's lower edge above the floor")]
    idle_s: Annotated[Seconds, Meta(description="untouched so long, the kiosk goes back to the start")]
    thanks_s: Annotated[Seconds, Meta(description="how long the number stays when its ticket was printed")]
    remember_s: Annotated[Seconds, Meta(description="how long the number stays when it was not printed")]
    answer_s: Annotated[Seconds, Meta(description="without an answer so long, the kiosk asks again")]
    asks: Annotated[int, Meta(ge=1, le=100, description="how often it asks before it says that it got no ticket")]
    grace_s: Annotated[Seconds, Meta(description="a shorter interruption is not shown")]
    attract_s: Annotated[float, Meta(ge=0, le=86400, description="so long untouched: the office's messages; 0: never")]
    messages: Annotated[list[dict[str, str]], Meta(description="what the office says there, each by language")]
    service_pin: Annotated[str, Meta(description="file with the service menu's PIN, made by okienko-kiosk pin FILE")]
    settle_s: Annotated[Seconds, Meta(description="a touch so soon after a new screen belongs to the screen before")]
    speech: Annotated[bool, Meta(description="whether the kiosk speaks to who presses a key of the keypad")]
    synthesizer: Annotated[str, Meta(description="the program that speaks into a WAV file")]
    speech_rate: Annotated[int, Meta(ge=80, le=300, description="words a minute")]
    player: Annotated[str, Meta(description="the command that plays a WAV file; empty: no sound")]
    headphones: Annotated[str, Meta(description="where a plug is seen: file:PATH or alsa:CONTROL; empty: a key tells")]
    double_strike_s: Annotated[
        float, Meta(ge=0, le=5, description="the same key counts once in so many seconds; 0: every stroke counts")
    ]
    key_next: Annotated[str, Meta(description="keys of the keypad that lead on, by name")]
    key_previous: Annotated[str, Meta(description="keys that lead back through the screen")]
    key_choose: Annotated[str, Meta(description="keys that choose")]
    key_back: Annotated[str, Meta(description="keys that go back to the screen before")]
    key_help: Annotated[str, Meta(description="keys that repeat everything")]
    key_louder: Annotated[str, Meta(description="keys that speak louder")]
    key_softer: Annotated[str, Meta(description="keys that speak softer")]
    key_headphones_in: Annotated[str, Meta(description="the key that a keypad sends when headphones are plugged in")]
    key_headphones_out: Annotated[str, Meta(description="the key that it sends when they are pulled out")]
    key_service: Annotated[str, Meta(description="keys that ask for the PIN of the service menu")]
    key_reprints: Annotated[str, Meta(description="keys that open the list of tickets that were not printed")]
    spoken: Annotated[str, Meta(description="file for a JSON line about everything that is said")]
    pictures: Annotated[str, Meta(description="folder for a picture of every screen that was shown")]
    taps: Annotated[str, Meta(description="file with lines like 'tap id-cards', acted as touches; - is standard input")]

    def __post_init__(self) -> None:
        """Refuse what no pattern can tell."""
        check_mqtt(self.mqtt)
        check_screen(self.screen)
        check_language(LOCALE, self.language)
        for meaning, names in self.keys.items():
            _check(f"key_{meaning}", codes, names)
        _check("headphones", headphones, self.headphones)
        try:
            check_page_url(self.ticket_url)
        except BadExtra as error:
            raise ValueError(f"ticket_url: {error}") from None

    @property
    def state_folder(self) -> Path:
        """Return the folder of the state: the given one, else the service's, else the user's."""
        given = self.state or os.environ.get("STATE_DIRECTORY", "").partition(":")[0]
        if given:
            return Path(given)
        home = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
        return Path(home) / "okienko"

    @property
    def keys(self) -> dict[str, str]:
        """Return what each key of the keypad means, and which keys mean it."""
        names = (field.name for field in msgspec.structs.fields(self) if field.name.startswith("key_"))
        return {name.removeprefix("key_"): getattr(self, name) for name in names}

    @property
    def timing(self) -> Timing:
        """Return what the flow has to know."""
        return Timing(
            idle_s=self.idle_s,
            thanks_s=self.thanks_s,
            remember_s=self.remember_s,
            answer_s=self.answer_s,
            asks=self.asks,
            grace_s=self.grace_s,
            settle_s=self.settle_s,
            attract_s=self.attract_s,
        )


def _check(key: str, reading: Callable[[str], object], value: str) -> None:
    """Refuse a value that cannot be read, with its key before what is wrong."""
    try:
        reading(value)
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None

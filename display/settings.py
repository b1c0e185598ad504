"""What an installation may choose for its wall screens."""

import os
import shlex
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from broker.contract import topics
from broker.contract.screen import check_screen
from broker.contract.settings import check_language, check_mqtt

from .area import Area
from .programme import Programme
from .reading import Reading
from .sound_hours import Loudness, loudness
from .speech_tongues import TONGUES
from .themes import THEMES
from .wording import in_language

DEFAULTS = Path(__file__).parent / "default.toml"
LOCALE = Path(__file__).parent / "locale"

KINDS = ("hall", "desk")
TICKERS = ("pages", "moving", "off")
Pixels = Annotated[int, Meta(ge=0, le=16384)]
Percent = Annotated[int, Meta(ge=0, le=100)]


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The wall screen that shows and speaks the calls."""

    id: Annotated[
        str, Meta(pattern=f"^{topics.CLIENT_PATTERN.pattern}$", description="this display's id and MQTT user")
    ]
    mqtt: Annotated[str, Meta(description="the MQTT server, like mqtt://127.0.0.1:1883, mqtts://host, or mdns:")]
    credentials: Annotated[str, Meta(description="file with its password for MQTT, made by pairing")]
    width: Annotated[Pixels, Meta(description="width of the window in pixels; 0: the whole screen")]
    height: Annotated[Pixels, Meta(description="height of the window in pixels; 0: the whole screen")]
    screen: Annotated[str, Meta(description="kms: the screen itself, without a desktop; desktop; any: either")]
    rotation: Annotated[int, Meta(ge=0, le=270, multiple_of=90, description="turn of the picture, in degrees")]
    software_rendering: Annotated[bool, Meta(description="whether the processor may draw where no graphics chip does")]
    viewing_distance_m: Annotated[
        float, Meta(gt=0, le=100, description="how far away its readers stand, in metres; all words are large enough")
    ]
    screen_inches: Annotated[float, Meta(gt=0, le=1000, description="diagonal of the screen in inches")]
    screen_height_mm: Annotated[
        float, Meta(ge=0, le=20000, description="height of the picture in millimetres; 0: from the diagonal")
    ]
    kind: Annotated[str, Meta(description="hall: a wall for the calls to many desks; desk: a small display over one")]
    desks: Annotated[list[str], Meta(description="ids of the desks whose calls it shows and speaks; none: of all")]
    motion: Annotated[bool, Meta(description="a new call comes into its place in half a second: true or false")]
    messages: Annotated[list[str | dict[str, str]], Meta(description="what the strip below says, one after the other")]
    ticker: Annotated[str, Meta(description="how it says that: pages, moving, or off")]
    media: Annotated[
        str, Meta(description="folder of pictures and films for a part of the wall while nobody is called")
    ]
    media_s: Annotated[float, Meta(ge=3, le=3600, description="how long each picture stands, in seconds")]
    media_after_s: Annotated[
        float, Meta(ge=1, le=86400, description="so long after the last announcement they begin, in seconds")
    ]
    theme: Annotated[str, Meta(description="colours: light, dark or contrast")]
    page_s: Annotated[
        float, Meta(ge=2, le=3600, description="so long each page of a list stands that has more than one, in seconds")
    ]
    language: Annotated[str, Meta(description="language of the screen: pl, en, uk, de")]
    reading_s: Annotated[
        float, Meta(gt=0, le=60, description="how long each of several calls stands as the newest, in seconds")
    ]
    chime: Annotated[bool, Meta(description="a chime before each announcement: true or false")]
    speech: Annotated[bool, Meta(description="speak each call: true or false")]
    speak: Annotated[list[str], Meta(description="languages of the speech, one after the other: pl, en, uk, de")]
    speak_zeros: Annotated[bool, Meta(description="speak the zeros before a number: D zero seventeen")]
    clips: Annotated[str, Meta(description="folder of the office's own recordings")]
    voice: Annotated[str, Meta(description="the synthesizer's Polish voice")]
    voice_en: Annotated[str, Meta(description="its English voice")]
    voice_uk: Annotated[str, Meta(description="its Ukrainian voice")]
    voice_de: Annotated[str, Meta(description="its German voice")]
    speech_rate: Annotated[int, Meta(ge=80, le=300, description="words a minute of the speech")]
    synthesizer: Annotated[str, Meta(description="program that speaks into a WAV file")]
    player: Annotated[str, Meta(description="command that plays a WAV file, like aplay -q -D plughw:1")]
    volume: Annotated[Percent, Meta(description="how loud the announcements are, in percent")]
    volume_by_hour: Annotated[dict[str, Percent], Meta(description="other volumes for some hours: 12:00-14:00 = 70")]
    quiet_hours: Annotated[list[str], Meta(description="hours without any sound, like 20:00-07:00")]
    mute: Annotated[bool, Meta(description="this wall is never heard: true or false")]
    room_kiosks: Annotated[list[str], Meta(description="the kiosks in the same room, by id; none: all of the hall")]
    kiosk_wait_s: Annotated[
        float,
        Meta(ge=0, le=6, description="how long a call waits at most while a kiosk in the room speaks, in seconds"),
    ]
    state: Annotated[str, Meta(description="folder that remembers what was announced")]
    pictures: Annotated[str, Meta(description="folder for a PNG of each new picture on the wall")]
    announcements: Annotated[str, Meta(description="file for a JSON line about each announcement")]

    def __post_init__(self) -> None:
        """Refuse what no pattern can tell."""
        check_mqtt(self.mqtt)
        check_screen(self.screen)
        check_language(LOCALE, self.language)
        if unknown := [language for language in self.speak if language not in TONGUES]:
            raise ValueError(f"speak: {unknown[0]!r} should be one of {', '.join(TONGUES)}")
        for desk in self.desks:
            if not desk or set(desk) & set("/+#"):
                raise ValueError(f"desks: {desk!r} should be the id of a desk, like 30")
        if self.kind not in KINDS or (self.kind == "desk" and len(self.desks) != 1):
            raise ValueError(f"kind: {self.kind!r} should be hall; or desk, with the one desk in desks")
        if self.ticker not in TICKERS:
            raise ValueError(f"ticker: {self.ticker!r} should be {', '.join(TICKERS)}")
        if self.theme not in THEMES:
            raise ValueError(f"theme: {self.theme!r} should be {', '.join(THEMES)}")
        try:
            shlex.split(self.player)
        except ValueError as error:
            raise ValueError(f"player: {self.player!r} should be a command like aplay -q: {error}") from None
        self.loudness  # noqa: B018 - refuses hours that make no sense

    @property
    def loudness(self) -> Loudness:
        """Return how loud it is at which hour."""
        return loudness(self.volume, self.volume_by_hour, self.quiet_hours)

    @property
    def area(self) -> Area:
        """Return the desks that it is for."""
        return Area(frozenset(self.desks))

    @property
    def programme(self) -> Programme:
        """Return what is on beside the calls; messages in the language of the screen, or else in their first."""
        said = self.messages if self.ticker != "off" else []
        texts = (each if isinstance(each, str) else in_language(each, self.language) for each in said)
        return Programme(
            messages=tuple(texts),
            moving=self.ticker == "moving",
            media=Path(self.media) if self.media else None,
            media_s=self.media_s,
            media_after_s=self.media_after_s,
        )

    @property
    def reading(self) -> Reading:
        """Return how large the words must be."""
        return Reading(self.viewing_distance_m, self.screen_inches, self.screen_height_mm)


def state_folder(settings: Settings) -> Path:
    """Return the folder of the state: the given one, else the service's, else the user's."""
    given = settings.state or os.environ.get("STATE_DIRECTORY", "").partition(":")[0]
    if given:
        return Path(given)
    home = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(home) / "okienko"

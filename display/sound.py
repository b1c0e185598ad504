"""All that the wall can be heard with, as the settings choose it: chime, speech, both or silence."""

import shlex
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from broker.contract.bus import Bus
from broker.contract.messages import Call, Text

from .settings import Settings
from .sound_kiosks import listen_to_kiosks
from .speaker import Speaker
from .speaker_patience import Patience
from .speech import Sentence, announcement, desk_phrase, number_phrase
from .speech_likely import likely_numbers
from .voice import Voice
from .voice_clips import Clips
from .voice_synthesizer import Synthesizer, program_missing

# As most series begin; another first number is rendered when it is called.
FIRST = "001"


class SpokenMatter(Struct, frozen=True):
    """The letter of a matter's series of numbers."""

    letter: str = ""


class SpokenMenu(Struct, frozen=True):
    """What the kiosks' menu tells that will be spoken on a day: the series, and desk id -> label."""

    day: str = ""
    categories: list[SpokenMatter] = []
    desk_labels: dict[str, Text] = {}


class Sound:
    """Voice and speaker behind one door; a silent wall answers at once. `now` is the office's time."""

    def __init__(
        self, settings: Settings, now: Callable[[], datetime], when_played: Callable[[int, str | None], None]
    ) -> None:
        self._when_played = when_played
        self._now = now
        self._loudness = settings.loudness
        self._kiosks = settings.room_kiosks
        self._patience = Patience(settings.kiosk_wait_s)
        self._languages = settings.speak if settings.speech else []
        self._zeros = settings.speak_zeros
        self._muted = settings.mute
        self._menu = SpokenMenu()
        self._programs = [settings.synthesizer] if self._languages else []
        self._programs += shlex.split(settings.player)[:1]
        self._voice = _voice(settings) if self._languages else None
        self._speaker = None
        if settings.player and not settings.mute and (self._voice or settings.chime):
            self._speaker = Speaker(
                settings.player,
                self._voice,
                with_chime=settings.chime,
                loudness=self._percent,
                patience=self._patience,
                when_played=when_played,
            )

    def problem_at_start(self) -> str | None:
        """Name a program that is missing, or None; what the sound card does is known at the first call."""
        return next(filter(None, map(program_missing, self._programs)), None) if self._speaker else None

    def start(self) -> None:
        """Wait for announcements."""
        if self._speaker:
            self._speaker.start()

    def listen(self, bus: Bus) -> None:
        """Hold back while a kiosk in the room speaks; before the bus is started."""
        if self._speaker:
            listen_to_kiosks(bus, self._kiosks, self._patience)

    def words(self, call: Call) -> str | None:
        """Return what is spoken of a call, to be read; None where nothing is spoken now."""
        if self._muted or not self._percent():
            return None
        return " ".join(sentence.text for sentence in self._sentences(call)) or None

    def expect(self, calls: Iterable[Call]) -> None:
        """Render the numbers that are likely to follow these calls."""
        if self._speaker and self._voice:
            numbers = likely_numbers(calls)
            for language in self._languages:
                self._expect_numbers(numbers, language)

    def expect_menu(self, menu: SpokenMenu) -> None:
        """Render the desks of the office and the first number of each series, when a day begins or they change."""
        if self._speaker and self._voice and menu != self._menu:
            self._menu = menu
            letters = dict.fromkeys(matter.letter for matter in menu.categories)
            for language in self._languages:
                self._voice.expect(desk_phrase(label, desk, language) for desk, label in menu.desk_labels.items())
                self._expect_numbers([f"{letter}{FIRST}" for letter in letters], language)

    def prepare(self, call: Call) -> None:
        """Render a call ahead of its turn."""
        if self._speaker and self._voice:
            self._voice.prepare(self._sentences(call))

    def announce(self, call: Call) -> None:
        """Play this call; `when_played` is called when it is over."""
        if self._speaker:
            self._speaker.announce(call.call, self._sentences(call))
        else:
            self._when_played(call.call, None)

    def withdraw(self, call: int) -> None:
        """Say no further word of a call that was taken back."""
        if self._speaker:
            self._speaker.withdraw(call)

    def stop(self) -> None:
        """Fall silent at once."""
        if self._speaker:
            self._speaker.stop()

    def _expect_numbers(self, numbers: Iterable[str], language: str) -> None:
        if self._voice:
            self._voice.expect(number_phrase(number, language, zeros=self._zeros) for number in numbers)

    def _percent(self) -> int:
        return self._loudness.percent(self._now())

    def _sentences(self, call: Call) -> tuple[Sentence, ...]:
        return announcement(call, self._languages, zeros=self._zeros)


def _voice(settings: Settings) -> Voice:
    voices = {"pl": settings.voice, "en": settings.voice_en, "uk": settings.voice_uk, "de": settings.voice_de}
    clips = Clips(Path(settings.clips)) if settings.clips else None
    return Voice(Synthesizer(settings.synthesizer, voices, settings.speech_rate), clips)

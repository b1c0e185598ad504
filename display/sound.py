"""All that the wall can be heard with, as the settings choose it: chime, speech, both or silence."""

import shlex
from collections.abc import Callable

from .settings import Settings
from .speaker import Speaker
from .voice import Voice, program_missing


class Sound:
    """Voice and speaker behind one door; a silent wall answers at once."""

    def __init__(self, settings: Settings, when_played: Callable[[int, str | None], None]) -> None:
        self._when_played = when_played
        self._programs = [settings.synthesizer] if settings.speech else []
        self._programs += shlex.split(settings.player)[:1]
        self._voice = Voice(settings.synthesizer, settings.voice, settings.speech_rate) if settings.speech else None
        self._speaker = None
        if settings.player and (settings.speech or settings.chime):
            self._speaker = Speaker(settings.player, self._voice, with_chime=settings.chime, when_played=when_played)

    def problem_at_start(self) -> str | None:
        """Name a program that is missing, or None; what the sound card does is known at the first call."""
        return next(filter(None, map(program_missing, self._programs)), None) if self._speaker else None

    def start(self) -> None:
        """Wait for announcements."""
        if self._speaker:
            self._speaker.start()

    def prepare(self, text: str) -> None:
        """Render a sentence ahead of its turn."""
        if self._speaker and self._voice:
            self._voice.prepare(text)

    def announce(self, call: int, text: str) -> None:
        """Play this call; `when_played` is called when it is over."""
        if self._speaker:
            self._speaker.announce(call, text)
        else:
            self._when_played(call, None)

    def withdraw(self, call: int) -> None:
        """Say no further word of a call that was taken back."""
        if self._speaker:
            self._speaker.withdraw(call)

    def stop(self) -> None:
        """Fall silent at once."""
        if self._speaker:
            self._speaker.stop()

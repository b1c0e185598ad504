"""Keeps what was heard last, and hands what is new to the speaker."""

from datetime import UTC, datetime
from gettext import NullTranslations

from broker.contract.messages import Problem
from kiosk.state import Event, State
from kiosk.view import View

from .narration import Hush, Seen, narration
from .speaker import Speaker


class Narrator:
    """Tells a resident who listens what happens on the screen; without a speaker it tells nobody anything."""

    def __init__(self, speaker: Speaker | None) -> None:
        self.view = View("")
        self._speaker = speaker
        self._state = State()
        self._problem: Problem | None = None

    def start(self) -> None:
        """Begin to speak."""
        if self._speaker is not None:
            self._speaker.when_failed = self.failed
            self._speaker.start()

    def stop(self) -> None:
        """Fall silent."""
        if self._speaker is not None:
            self._speaker.stop()

    def shows(self, event: Event, state: State, view: View, words: NullTranslations) -> None:
        """Say what is new since the last time."""
        before = Seen(self._state, self.view)
        self._state, self.view = state, view
        if self._speaker is not None and (sound := narration(event, before, Seen(state, view), words)) is not None:
            self._speaker.heard(sound)

    def interrupted(self) -> None:
        """Fall silent because a finger touched the glass; what comes next is said as ever."""
        if self._speaker is not None and self._state.speaking:
            self._speaker.heard(Hush())

    def failed(self, why: str | None) -> None:
        """Learn from the speaker why nothing was heard, or that something was."""
        if why is None:
            self._problem = None
        elif self._problem is None:
            self._problem = Problem("speech", why, datetime.now(UTC).astimezone())

    @property
    def can_speak(self) -> bool:
        """Whether there is a speaker."""
        return self._speaker is not None

    @property
    def busy(self) -> bool:
        """Whether something is being said to a resident."""
        return self._speaker is not None and self._state.speaking and self._speaker.busy

    @property
    def aloud(self) -> bool:
        """Whether the room hears it."""
        return self.busy and not self._state.headphones

    @property
    def problems(self) -> list[Problem]:
        """Return what is wrong with the speech, in plain words."""
        return [self._problem] if self._problem is not None else []

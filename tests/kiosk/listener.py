"""A resident who cannot see: they press the keys of a keypad and hear what is said."""

from functools import cache
from pathlib import Path

import kiosk
from broker.contract.words import words
from kiosk.keypad import pressed, things
from kiosk.speech.narration import Hush, Say, Seen, narration
from kiosk.state import Plugged, State, Touched
from kiosk.tongue import tongue
from kiosk.view import View
from kiosk.wording import view
from tests.kiosk.resident import TIMING, Resident

catalogue = cache(lambda language: words(Path(kiosk.__file__).parent / "locale", language))


class Listener(Resident):
    """Keeps every sound, and the words of the last one."""

    def __init__(self, **fields):
        self.sounds = []
        self.last = Seen(State(), View(""))
        super().__init__(**fields)

    def hears(self, *events):
        for event in events:
            super().hears(event)
            before, self.last = self.last, Seen(self.state, self.view)
            sound = narration(event, before, self.last, self.tongue.words)
            self.sounds += [sound] if sound is not None else []
        return self

    def presses(self, *keys, after=1.0):
        for key in keys:
            self.waits(after)
            self.taps += 1
            self.hears(*pressed(key, self.state, self.view, f"r{self.taps}", can_speak=True))
        return self

    def plugs(self, inserted):
        return self.hears(Touched(), Plugged(inserted))

    def goes_to(self, name):
        """Press the key down until the keypad stands on what has this name."""
        for _ in things(self.view):
            if self.state.focus == name:
                return self
            self.presses("next", after=0.1)
        assert self.state.focus == name, [thing.name for thing in things(self.view)]
        return self

    @property
    def tongue(self):
        return tongue(self.state.menu, self.state.language, "pl", catalogue)

    @property
    def view(self):
        return view(self.state, self.now, TIMING, self.tongue)

    @property
    def said(self):
        """The words of each utterance."""
        return [" ".join(part.text for part in sound.parts) for sound in self.sounds if isinstance(sound, Say)]

    @property
    def hushed(self):
        return isinstance(self.sounds[-1], Hush)

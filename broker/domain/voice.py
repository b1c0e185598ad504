"""Speaks of one office in one language: its own names, its own time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .grounds import Grounds
from .office import Office, Text
from .reason import Language, in_words
from .story_words import WORDS

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Voice:
    """The words of a language, and the names that the office gives to things."""

    office: Office
    language: Language

    def say(self, what: str, /, **facts: object) -> str:
        """Say a part of the page, with its facts filled in."""
        return WORDS[self.language][what].format_map(facts)

    def knows(self, what: str) -> bool:
        """Whether there are words for it."""
        return what in WORDS[self.language]

    def own(self, text: Text) -> str:
        """Return words of the office's in this language, or else in the office's own."""
        return text.get(self.language) or text[self.office.languages[0]]

    def desk(self, desk: str) -> str:
        """Return a desk's label, or its id where the office does not know it."""
        known = self.office.desks.get(desk)
        return self.own(known.label) if known else desk

    def category(self, category: str) -> str:
        """Return a matter's name, or its id where the office does not know it."""
        known = self.office.categories.get(category)
        return self.own(known.name) if known else category

    def priority(self, priority: str) -> str:
        """Return the name of a class of priority, or its id where the office does not know it."""
        known = self.office.priorities.get(priority)
        return self.own(known.name) if known else priority

    def sent_to(self, desk: str | None) -> str:
        """Say to which one desk a ticket was sent, if it was."""
        return self.say("to_desk", to_desk=self.desk(desk)) if desk else ""

    def reason(self, grounds: Grounds, number: str) -> str:
        """Say why a ticket was called."""
        return in_words(grounds, number, self.office.time_zone, self.language)

    def clock(self, moment: datetime) -> str:
        """Say a moment as the office's clocks show it, to the second."""
        return f"{moment.astimezone(self.office.time_zone):%H:%M:%S}"

    def minutes(self, took: timedelta) -> str:
        """Say how many minutes something took, to a tenth."""
        return f"{took / MINUTE:.1f}".replace(".", WORDS[self.language]["decimal"])

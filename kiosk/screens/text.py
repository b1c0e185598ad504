"""Words that never leave their place: too many of them are set smaller, never cut off."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.core.text import Label as Measure
from kivy.lang import Builder
from kivy.properties import NumericProperty
from kivy.uix.label import Label

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

BREAK = re.compile("[ \\n]+")  # where a line may end; never at a no-break space
STEP = 0.94
LEAST = 0.3  # of the size that was asked for


class KioskText(Label):
    """A label whose size is `most`, or as much smaller as its words need.

    With `room`, the label is as high as its words, and those are at most so high; without, its own height is the room.
    Never smaller than `least`, where a resident wants large letters.
    """

    most = NumericProperty(36)
    room = NumericProperty(0)
    least = NumericProperty(0)
    growth = NumericProperty(1)

    def __init__(self, **properties: Any) -> None:  # noqa: ANN401 - whatever Kivy takes
        super().__init__(**properties)
        self._fit_soon = Clock.create_trigger(self._fit, -1)
        for name in ("text", "size", "most", "least", "growth", "room", "bold"):
            self.fbind(name, self._fit_soon)
        self._fit_soon()

    def _fit(self, *_: object) -> None:
        room = self.room or self.height
        most = max(self.most * self.growth, self.least)
        self.font_size = fitting_size(self.text, int(self.width), round(room), most, bold=self.bold, least=self.least)
        self.text_size = (self.width, None if self.room else self.height)


@lru_cache(maxsize=4096)
def fitting_size(text: str, width: int, height: int, most: float, *, bold: bool, least: float = 0) -> float:
    """Return the largest font size from `least` to `most` at which `text` fits; a word is never broken for it."""
    widest = max(_extents(word, most, bold=bold)[0] for word in BREAK.split(text))
    size = most * min(1.0, width / widest) if widest else most
    least = max(least, most * LEAST)
    while size > least and not _fits(text, width, height, size, bold=bold):
        size = max(size * STEP, least)
    return size


def _fits(text: str, width: int, height: int, size: float, *, bold: bool) -> bool:
    measure = Measure(text=text, font_size=size, text_size=(width, None), bold=bold)
    measure.resolve_font_name()
    if measure.render()[1] > height:
        return False
    # Kivy would break a word that is wider than the line.
    return all(measure.get_extents(word)[0] <= width for word in set(BREAK.split(text)))


def _extents(word: str, size: float, *, bold: bool) -> tuple[int, int]:
    measure = Measure(font_size=size, bold=bold)
    measure.resolve_font_name()
    width, height = measure.get_extents(word)
    return width, height

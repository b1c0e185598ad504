"""A label whose words are always whole: they shrink before they are cut, and are cut only between words."""

from kivy.clock import Clock
from kivy.core.text import Label as CoreLabel
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.label import Label

STEP = 0.94
SMALLEST = 8
# No honest name comes near it; fitting anything longer would only cost time.
LONGEST = 160


class WallLabel(Label):
    """Draws `words` as large as they fit, at most `largest` pixels, on as many lines as there is room for."""

    words = StringProperty()
    largest = NumericProperty(40)
    # Below this share of the wished size, words leave one by one and an ellipsis says so.
    smallest_share = NumericProperty(0.6)

    def __init__(self, **kwargs: object) -> None:
        self._fit_soon = Clock.create_trigger(self._fit, -1)
        super().__init__(**kwargs)
        self.fbind("words", self._fit_soon)
        self.fbind("largest", self._fit_soon)
        self.fbind("size", self._fit_soon)
        self._fit_soon()

    def _fit(self, _dt: float) -> None:
        self.text_size = self.size
        self.font_size, self.text = self._fitting()

    def _fitting(self) -> tuple[float, str]:
        """Return the largest size at which the words fit, and the words that do."""
        text = " ".join(self.words[:LONGEST].replace("\0", "").split())
        if not text or min(self.size) < 1:
            return self.largest, text
        words = text.split()
        size = min(self.largest, self.largest * self.width / self._widest(words, self.largest))
        # A single word is never cut, however small it must be.
        while size > (self.largest * self.smallest_share if len(words) > 1 else SMALLEST):
            if self._fits(text, size):
                return size, text
            size *= STEP
        while len(words) > 1 and not self._fits(" ".join(words) + "…", size):
            words.pop()
        return size, " ".join(words).rstrip(",:;") + "…"

    def _style(self) -> dict[str, object]:
        return {"bold": self.bold, "font_name": self.font_name, "line_height": self.line_height}

    def _widest(self, words: list[str], font_size: float) -> float:
        """Measure the widest word; Kivy would break one that is wider than the line."""
        measure = CoreLabel(font_size=font_size, **self._style())
        return float(max(1, *(measure.get_extents(word)[0] for word in words)))

    def _fits(self, words: str, font_size: float) -> bool:
        if self._widest(words.split(), font_size) > self.width:
            return False
        wrapped = CoreLabel(text=words, font_size=font_size, text_size=(self.width, None), **self._style())
        return bool(wrapped.render()[1] <= self.height)

"""Labels whose words can be read: as large as they fit, never smaller than the smallest font, cut between words."""

from kivy.clock import Clock
from kivy.properties import ListProperty, NumericProperty, OptionProperty, StringProperty
from kivy.uix.label import Label

from display.pages import MORE, page_at

from .measure import NATURAL_LINE, clean, paged, unbroken, widest, wrapped

STEP = 0.94


class WallLabel(Label):
    """Draws `words` as large as they fit, at most `largest` pixels, on as many lines as there is room for.

    Words that do not fit at the `smallest` size give way to the `short` ones; failing those, long words are broken
    between syllables. What has no room even then is `cut`, is `left out` or, as a resident's number must be, becomes
    `small`: the screen is too small for the distance.
    """

    words = StringProperty()
    short = StringProperty()
    largest = NumericProperty(40)
    smallest = NumericProperty(8)
    no_room = OptionProperty("cut", options=["cut", "left out", "small"])
    # The blank above capitals and below the line may stand outside, by this share of the font's size.
    bleed = NumericProperty(0.12)

    def __init__(self, **kwargs: object) -> None:
        self._fit_soon = Clock.create_trigger(self._fit, -1)
        super().__init__(**kwargs)
        for name in ("words", "short", "largest", "smallest", "size", "bold"):
            self.fbind(name, self._fit_soon)
        self._fit_soon()

    def fits(self, text: str, font_size: float) -> bool:
        """Whether a text has room here, no word of it broken."""
        if widest(text.split(), font_size, bold=self.bold) > self.width:
            return False
        lines = wrapped(text, font_size, self.width, bold=self.bold)
        return bool(len(lines) * NATURAL_LINE * font_size <= self.height + self.bleed * font_size + 1)

    def _fit(self, _dt: float) -> None:
        size, text = self._fitting()
        # Without a height of its own the words stand around the middle, their blanks outside if they must. The lines
        # are broken already; the pixels to spare keep Kivy from breaking them again.
        self.text_size = (self.width + 2, None)
        self.font_size, self.text = size, "\n".join(wrapped(text, size, self.width, bold=self.bold))

    def _fitting(self) -> tuple[float, str]:
        """Return the largest size at which the words fit, and the words that do."""
        texts = [text for text in (clean(self.words), clean(self.short)) if text]
        if not texts or min(self.size) < 1:
            return self.largest, ""
        for text in texts:
            size = self._size_of(text)
            if size:
                return size, text
        broken = [unbroken(text, self.smallest, self.width, bold=self.bold) for text in texts]
        whole = next((text for text in broken if self.fits(text, self.smallest)), None)
        if whole or self.no_room == "left out":
            return self.smallest, whole or ""
        return self._small(texts[-1]) if self.no_room == "small" else (self.smallest, self._cut(broken[-1]))

    def _size_of(self, text: str) -> float:
        """Return the largest size at which a text fits, 0 if there is none."""
        share = self.width / max(widest(text.split(), self.largest, bold=self.bold), 1)
        size = self.largest * min(share, 1)
        while size > self.smallest:
            if self.fits(text, size):
                return float(size)
            size *= STEP
        return float(self.smallest) if self.fits(text, self.smallest) else 0.0

    def _small(self, text: str) -> tuple[float, str]:
        size = self.smallest
        while size > 1 and not self.fits(text, size):
            size *= STEP
        return size, text

    def _cut(self, text: str) -> str:
        words = text.split()
        while len(words) > 1 and not self.fits(" ".join(words) + MORE, self.smallest):
            words.pop()
        kept = " ".join(words).rstrip(",:;")
        while len(kept) > 1 and not self.fits(kept + MORE, self.smallest):
            kept = kept[:-1]
        return kept + MORE


class WallPages(WallLabel):
    """Draws `texts` one after the other, each in as many pages as it needs; every `beat` turns to the next."""

    texts = ListProperty()
    beat = NumericProperty(0)

    def __init__(self, **kwargs: object) -> None:
        self._page_soon = Clock.create_trigger(self._page, -1)
        self._pages: list[str] = []
        super().__init__(**kwargs)
        for name in ("texts", "largest", "size"):
            self.fbind(name, self._page_soon)
        self.fbind("beat", self._turn)

    def _page(self, _dt: float) -> None:
        lines = max(int((self.height + self.bleed * self.largest + 1) / (NATURAL_LINE * self.largest)), 1)
        self._pages = [
            page for text in self.texts for page in paged(clean(text), self.largest, self.width, lines, bold=self.bold)
        ]
        self._turn()

    def _turn(self, *_: object) -> None:
        self.words = self._pages[page_at(int(self.beat), len(self._pages))] if self._pages else ""

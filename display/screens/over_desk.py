"""A small display over one desk: whose number is called there, or that nobody is."""

from datetime import datetime

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from display.look import LINE, look
from display.over_desk import OverDesk
from display.phrases import Phrases
from display.reading import Reading
from display.themes import LIGHT, Theme

from . import KV_FOLDER, offline  # noqa: F401 - the kv file names its mark
from .called import WallCalled
from .measure import wrapped

# The label's share of the height.
LABEL, LABEL_UPRIGHT, LABEL_MOST = 0.28, 0.16, 0.6


class WallOverDesk(WallCalled):
    """The desk's label and, as large as there is room, the number; without one, what the desk does instead."""

    label = StringProperty()
    text = StringProperty()
    label_share = NumericProperty(1)  # of the height; all of it where there is nothing else to say
    offline = BooleanProperty(defaultvalue=True)

    def __init__(
        self,
        phrases: Phrases,
        theme: Theme = LIGHT,
        reading: Reading = Reading(),  # noqa: B008 - it is frozen
        **kwargs: object,
    ) -> None:
        self._lay_out_soon = Clock.create_trigger(self._lay_out, -1)
        super().__init__(**kwargs)
        self._theme = theme
        self._reading = reading
        self._says = {"unknown": phrases.please_wait, "paused": phrases.paused, "closed": phrases.closed}
        self.fbind("size", self._lay_out_soon)
        self.show(OverDesk())

    def show(self, shown: OverDesk) -> None:
        """Draw what changed."""
        self.label, self.offline = shown.label, shown.offline
        self.text = shown.number or self._says.get(shown.status, "")
        self._lay_out_soon()
        self.call(shown.number, new=shown.new)

    def tell_time(self, now: datetime) -> None:
        """Take no notice: this display shows no time, and has no pages to turn."""

    def _lay_out(self, _dt: float) -> None:
        smallest = self._reading.smallest_font(int(self.width), int(self.height))
        self.look = look(self._theme, self.width, self.height, smallest)
        lines = len(wrapped(self.label, smallest, self.width - 2 * self.look.margin))
        share = max(LABEL_UPRIGHT if self.look.upright else LABEL, (lines * LINE + 0.1) * smallest / self.height)
        self.label_share = min(share, LABEL_MOST) if self.text else 1


Builder.load_file(str(KV_FOLDER / "over_desk.kv"))

"""The strip at the top: what the office is called, the day, the time, and a mark for staff when the link is lost."""

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from display.look import CLOCK, Look
from display.pages import page_at

from . import KV_FOLDER, loop, offline  # noqa: F401 - the kv file names the marks
from .measure import line_width

# The width of the time and of the mark for staff, as a share of the clock's font.
SIGNS = CLOCK + 0.72
LOOP = 0.86  # ... and for that of the induction loop, where the hall has one


class WallHeader(BoxLayout):
    """The office's name and the day stand beside each other; where they have no room for that, they turn.

    The name stands whole, on several lines if need be. It may be smaller than what is read from afar: nobody needs it
    to find a desk, and cut short it would name no office at all.
    """

    look = ObjectProperty(Look(), rebind=True)
    office = StringProperty()
    dates = ListProperty(["", ""])  # the day in full, and shorter
    time = StringProperty()
    offline = BooleanProperty(defaultvalue=False)
    loop = BooleanProperty(defaultvalue=False)
    beat = NumericProperty(0)
    # What follows from the room.
    turning = ListProperty()
    turned = StringProperty()
    standing = StringProperty()
    standing_width = NumericProperty(0)

    def __init__(self, **kwargs: object) -> None:
        self._arrange_soon = Clock.create_trigger(self._arrange, -1)
        super().__init__(**kwargs)
        for name in ("look", "office", "dates", "width", "loop"):
            self.fbind(name, self._arrange_soon)
        self.fbind("beat", self._turn)
        self._arrange_soon()

    def _arrange(self, _dt: float) -> None:
        room = self.width - 2 * self.look.margin - SIGNS * self.look.clock - 0.9 * self.look.title
        room -= LOOP * self.look.clock + 0.3 * self.look.title if self.loop else 0
        office, full = (line_width(words, self.look.title) for words in (self.office, self.dates[0]))
        if office + full <= room:
            self.turning, self.standing, self.standing_width = [self.office], self.dates[0], full + 1
        else:
            days = [day for day in self.dates if line_width(day, self.look.title) <= room]
            self.turning = [self.office, *days[:1]]
            self.standing, self.standing_width = "", 0
        self._turn()

    def _turn(self, *_: object) -> None:
        self.turned = self.turning[page_at(int(self.beat), len(self.turning))] if self.turning else ""


Builder.load_file(str(KV_FOLDER / "header.kv"))

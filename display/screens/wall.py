"""The whole wall: the calm picture while nothing is known, then the board; and the time of day on both."""

from datetime import datetime

from kivy.clock import Clock
from kivy.properties import ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from display.look import Look, look
from display.phrases import Phrases
from display.reading import Reading
from display.themes import LIGHT, Theme
from display.view import View

from .board import WallBoard
from .waiting import WallWaiting


class Wall(BoxLayout):
    """Draws a view in a theme, as large as its window, the way that it stands and its readers want it.

    Every `page_s` seconds whatever has more than one page turns to the next, on all walls of an office together.
    """

    look = ObjectProperty(Look(), rebind=True)
    time = StringProperty()
    dates = ListProperty(["", ""])
    beat = NumericProperty(0)

    def __init__(
        self,
        phrases: Phrases,
        theme: Theme = LIGHT,
        reading: Reading = Reading(),  # noqa: B008 - it is frozen
        page_s: float = 8.0,
        *,
        moves: bool = False,
        **kwargs: object,
    ) -> None:
        self._lay_out_soon = Clock.create_trigger(self._lay_out, -1)
        super().__init__(**kwargs)
        self._phrases = phrases
        self._theme = theme
        self._reading = reading
        self._page_s = page_s
        self._board = WallBoard(phrases, moves=moves)
        self._waiting = WallWaiting(please_wait=phrases.please_wait, offline_words=phrases.offline)
        for name, screens in {
            "look": (self._board, self._waiting),
            "time": (self._board, self._waiting),
            "dates": (self._board,),
            "beat": (self._board,),
        }.items():
            for screen in screens:
                self.fbind(name, screen.setter(name))
        self.fbind("size", self._lay_out_soon)
        self.show(View())

    def show(self, view: View) -> None:
        """Draw what changed."""
        if view.known:
            self._board.show(view)
        self._waiting.offline = view.offline
        screen = self._board if view.known else self._waiting
        if screen not in self.children:
            self.clear_widgets()
            self.add_widget(screen)

    def tell_time(self, now: datetime) -> None:
        """Show the time of day, drawn once a minute, and turn the pages."""
        self.time = f"{now:%H:%M}"
        self.dates = [self._phrases.day(now.date()), self._phrases.short_day(now.date())]
        self.beat = int((now.hour * 3600 + now.minute * 60 + now.second) / self._page_s)

    def _lay_out(self, _dt: float) -> None:
        smallest = self._reading.smallest_font(int(self.width), int(self.height))
        self.look = look(self._theme, self.width, self.height, smallest)

"""The whole wall: the calm picture while nothing is known, then the board; and the time of day on both."""

from datetime import datetime

from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from display.phrases import Phrases
from display.view import View

from .board import WallBoard
from .waiting import WallWaiting

# The screens are drawn for these many pixels, lying or standing, and scaled to any other window.
LONG_SIDE, SHORT_SIDE = 1920, 1080


class Wall(BoxLayout):
    """Draws a view, as large as its window and the way that it stands."""

    time = StringProperty()
    date = StringProperty()
    upright = BooleanProperty(defaultvalue=False)
    unit = NumericProperty(1)

    def __init__(self, phrases: Phrases, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._phrases = phrases
        self._board = WallBoard(phrases)
        self._waiting = WallWaiting(please_wait=phrases.please_wait, offline_words=phrases.offline)
        for name, screens in {
            "time": (self._board, self._waiting),
            "unit": (self._board, self._waiting),
            "date": (self._board,),
            "upright": (self._board,),
        }.items():
            for screen in screens:
                self.fbind(name, screen.setter(name))
        self.show(View())

    def on_size(self, *_: object) -> None:
        """Scale everything to the window."""
        self.upright = self.height > self.width
        across, up = (SHORT_SIDE, LONG_SIDE) if self.upright else (LONG_SIDE, SHORT_SIDE)
        self.unit = min(self.width / across, self.height / up)

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
        """Show the time of day; drawn once a minute."""
        self.time = f"{now:%H:%M}"
        self.date = self._phrases.day(now.date())

"""The whole wall: the calm picture while nothing is known, then the board with what else is on; and the time of day."""

from datetime import datetime

from kivy.clock import Clock
from kivy.properties import ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from display.arrangement import Arrangement, arrangement
from display.look import Look, look
from display.phrases import Phrases
from display.programme import NOTHING_ELSE, Programme
from display.reading import Reading
from display.themes import LIGHT, Theme
from display.view import View

from .board import WallBoard
from .media import WallMedia
from .ticker import WallTicker
from .waiting import WallWaiting

# A strip of messages leaves the board so many times the height of the smallest letters at least.
TICKER_LEAVES = 6.5


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
        programme: Programme = NOTHING_ELSE,
        *,
        page_s: float = 8.0,
        moves: bool = False,
        **kwargs: object,
    ) -> None:
        self._lay_out_soon = Clock.create_trigger(self._lay_out, -1)
        self._rest = Clock.create_trigger(self._show_media, programme.media_after_s)
        super().__init__(orientation="vertical", **kwargs)
        self._phrases, self._theme, self._reading, self._page_s = phrases, theme, reading, page_s
        self._board = WallBoard(phrases, moves=moves, size_hint=(None, None))
        self._waiting = WallWaiting(please_wait=phrases.please_wait, offline_words=phrases.offline)
        self._ticker = WallTicker(texts=programme.messages, moves=programme.moving)
        self._media = WallMedia(programme.media, programme.media_s)
        self._body = BoxLayout()
        self._bind_all()
        self.fbind("size", self._lay_out_soon)
        self.show(View())

    def show(self, view: View) -> None:
        """Draw what changed."""
        if view.known:
            self._board.show(view)
        self._waiting.offline = view.offline
        self._ticker.calling = view.calling
        if view.calling or not view.known:
            self._hide_media()
        elif not self._media.playing:
            self._rest()
        if (self._body if view.known else self._waiting) not in self.children:
            self._hang(known=view.known)

    def tell_time(self, now: datetime) -> None:
        """Show the time of day, drawn once a minute, and turn the pages."""
        self.time = f"{now:%H:%M}"
        self.dates = [self._phrases.day(now.date()), self._phrases.short_day(now.date())]
        self.beat = int((now.hour * 3600 + now.minute * 60 + now.second) / self._page_s)

    def pause_or_go_on(self) -> None:
        """Let moving messages stand, or move again."""
        self._ticker.pause_or_go_on()

    def _bind_all(self) -> None:
        for name, screens in {
            "look": (self._waiting, self._ticker, self._media),
            "time": (self._board, self._waiting),
            "dates": (self._board,),
            "beat": (self._board, self._ticker),
        }.items():
            for screen in screens:
                self.fbind(name, screen.setter(name))

    def _hang(self, *, known: bool) -> None:
        self.clear_widgets()
        self.add_widget(self._body if known else self._waiting)
        if known and self._has_ticker:
            self.add_widget(self._ticker)

    @property
    def _has_ticker(self) -> bool:
        room = self.height - self.look.ticker_height
        return bool(self._ticker.texts) and room >= TICKER_LEAVES * self.look.smallest

    def _show_media(self, _dt: float) -> None:
        self._rest()  # if there is nothing to show: the folder may fill
        if self._arranged(media=True).media != "none" and self._media.play():
            self._rest.cancel()
            self._lay_out_soon()

    def _hide_media(self) -> None:
        self._rest.cancel()
        if self._media.playing:
            self._media.stop()
            self._lay_out_soon()

    def _arranged(self, *, media: bool) -> Arrangement:
        height = self.height - (self.look.ticker_height if self._has_ticker else 0)
        return arrangement(self._theme, self.width, height, self.look.smallest, media=media)

    def _lay_out(self, _dt: float) -> None:
        smallest = self._reading.smallest_font(int(self.width), int(self.height))
        self.look = look(self._theme, self.width, self.height, smallest)
        place = self._arranged(media=self._media.playing)
        if self._media.parent:
            self._media.parent.remove_widget(self._media)
        self._body.clear_widgets()
        self._body.orientation = "vertical" if self.look.upright else "horizontal"
        self._board.size, self._board.look = (place.width, place.height), place.look
        self._board.media = self._media if place.media == "within" else None
        self._media.size_hint_x, self._media.width = None, place.media_width
        for widget in (*([self._media] if place.media in ("above", "beside") else []), self._board):
            self._body.add_widget(widget)
        self._hang(known=self._waiting not in self.children)

"""The hall's board: the newest call, the calls before it, and how many wait."""

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from display.look import Look
from display.phrases import Phrases
from display.view import View

from . import KV_FOLDER
from .header import WallHeader
from .newest import WallGreeting, WallNewest
from .queues import WallQueues
from .recent import WallRecent


class WallBoard(BoxLayout):
    """The whole board; `show` draws what changed and nothing else."""

    look = ObjectProperty(Look(), rebind=True)
    time = StringProperty()
    dates = ListProperty(["", ""])
    beat = NumericProperty(0)
    media = ObjectProperty(None, allownone=True)  # what stands beside the older calls

    def __init__(self, phrases: Phrases, *, moves: bool = False, **kwargs: object) -> None:
        self._arrange_soon = Clock.create_trigger(self._arrange, -1)
        super().__init__(**kwargs)
        self._phrases = phrases
        self._header = WallHeader()
        self._newest = WallNewest(size_hint_y=None, moves=moves)
        self._greeting = WallGreeting(size_hint_y=None)
        self._greeting.greeting, self._greeting.advice = phrases.greeting, phrases.advice
        self._greeting.short_advice = phrases.short_advice
        self._large: Widget = self._greeting
        self._recent = WallRecent(heading=phrases.recent_calls, nothing_yet=phrases.no_recent_calls)
        self._queues = WallQueues(heading=phrases.waiting, nobody=phrases.nobody_waiting, minutes=phrases.minutes)
        self._lower, self._column = BoxLayout(), BoxLayout()
        for name, children in {
            "look": (self._header, self._newest, self._greeting, self._recent, self._queues),
            "time": (self._header,),
            "dates": (self._header,),
            "beat": (self._header, self._recent, self._queues),
        }.items():
            for child in children:
                self.fbind(name, child.setter(name))
        self.fbind("look", self._arrange_soon)
        self.fbind("media", self._arrange_soon)
        self._arrange_soon()

    def show(self, view: View) -> None:
        """Draw this view."""
        self._header.office, self._header.offline = view.office, view.offline
        self._header.loop = view.hearing_loop
        if view.newest:
            self._newest.show(view.newest, self._phrases)
        else:
            self._newest.new = False
        large = self._newest if view.newest else self._greeting
        if large is not self._large:
            self._large = large
            self._arrange_soon()
        self._recent.show(view.recent, view.newest.place.word if view.newest else "")
        self._queues.show(view.queues)

    def _arrange(self, _dt: float) -> None:
        """Put on the wall what has room there."""
        look = self.look
        for box in (self, self._lower, self._column):
            box.clear_widgets()
        self._newest.height = self._greeting.height = look.newest_height
        self._lower.padding = look.margin, look.pad
        for box in (self._lower, self._column):
            box.orientation = "horizontal" if look.beside else "vertical"
            box.spacing = 1.5 * look.margin if look.beside else 0
        self._queues.size_hint_y, self._queues.height = (1 if look.beside else None), look.queue_height
        for part, room in (
            (self._header, look.header_height),
            (self._large, look.newest_height),
            (self._lower, look.rows),
        ):
            if room:
                self.add_widget(part)
        self._fill_lower()

    def _fill_lower(self) -> None:
        """Put the calls and the queues below the newest, and media, if there are any, on their left."""
        column = self._lower
        if self.media:
            self._lower.orientation, self._lower.spacing = "horizontal", self.look.margin
            self._lower.add_widget(self.media)
            self._lower.add_widget(self._column)
            column = self._column
        for part, room in ((self._recent, self.look.rows), (self._queues, self.look.queue_height)):
            if room:
                column.add_widget(part)


Builder.load_file(str(KV_FOLDER / "board.kv"))

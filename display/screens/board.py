"""The hall's board: the newest call, the calls before it, and how many wait."""

from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from display.phrases import Phrases
from display.view import View

from . import KV_FOLDER, offline, queues, recent  # noqa: F401 - the kv file names their widgets
from .newest import WallGreeting, WallNewest


class WallBoard(BoxLayout):
    """The whole board; `show` draws what changed and nothing else."""

    time = StringProperty()
    date = StringProperty()
    office = StringProperty()
    offline_words = StringProperty()
    upright = BooleanProperty(defaultvalue=False)
    unit = NumericProperty(1)
    phrases = ObjectProperty(rebind=False)

    def __init__(self, phrases: Phrases, **kwargs: object) -> None:
        super().__init__(phrases=phrases, **kwargs)
        self._newest = WallNewest()
        self._greeting = WallGreeting(greeting=phrases.greeting, advice=phrases.advice)
        for child in (self._newest, self._greeting):
            self.fbind("unit", child.setter("unit"))
        self.fbind("upright", self._newest.setter("upright"))

    def show(self, view: View) -> None:
        """Draw this view."""
        self.office = view.office
        self.offline_words = self.phrases.offline if view.offline else ""
        self._show_newest(view)
        self.ids.recent.show(view.recent)
        self.ids.queues.show(view.queues)

    def _show_newest(self, view: View) -> None:
        call = view.newest
        child = self._newest if call else self._greeting
        place = self.ids.newest
        if child not in place.children:
            place.clear_widgets()
            place.add_widget(child)
        if call is None:
            self._newest.new = False
            return
        self._newest.heading = self.phrases.now_called if call.new else self.phrases.last_called
        self._newest.number = call.number
        self._newest.word, self._newest.desk = call.place.word, call.place.desk
        self._newest.new = call.new


Builder.load_file(str(KV_FOLDER / "board.kv"))

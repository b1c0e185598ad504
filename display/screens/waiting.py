"""The calm picture while nothing is known yet: the time of day, and a word to wait."""

from kivy.lang import Builder
from kivy.properties import AliasProperty, BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from display.look import Look

from . import KV_FOLDER, offline  # noqa: F401 - the kv file names its mark
from .measure import line_width


class WallWaiting(BoxLayout):
    """Stands on the wall until the first board arrives."""

    look = ObjectProperty(Look(), rebind=True)
    time = StringProperty()
    please_wait = StringProperty()
    offline = BooleanProperty(defaultvalue=True)
    offline_words = StringProperty()
    words_width = AliasProperty(lambda self: self._words_width(), bind=("look", "width", "offline_words"))

    def _words_width(self) -> float:
        """Return the width of the words on one line, or of the room beside the mark."""
        room = self.width - 2 * self.look.margin - 2 * self.look.title
        return float(min(line_width(self.offline_words, self.look.title) + 1, max(room, 1)))


Builder.load_file(str(KV_FOLDER / "waiting.kv"))

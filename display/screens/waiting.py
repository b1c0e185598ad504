"""The calm picture while nothing is known yet: the time of day, and a word to wait."""

from kivy.lang import Builder
from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from display.look import Look

from . import KV_FOLDER, offline  # noqa: F401 - the kv file names its mark


class WallWaiting(BoxLayout):
    """Stands on the wall until the first board arrives."""

    look = ObjectProperty(Look(), rebind=True)
    time = StringProperty()
    please_wait = StringProperty()
    offline = BooleanProperty(defaultvalue=True)
    offline_words = StringProperty()


Builder.load_file(str(KV_FOLDER / "waiting.kv"))

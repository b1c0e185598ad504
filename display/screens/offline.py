"""The small calm mark for staff: the wall has lost touch with the queue."""

from kivy.lang import Builder
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from . import KV_FOLDER, fitted  # noqa: F401 - the kv file names the label


class WallOffline(BoxLayout):
    """A crossed-out ring and a few quiet words; nothing at all while `words` is empty."""

    words = StringProperty()
    unit = NumericProperty(1)


Builder.load_file(str(KV_FOLDER / "offline.kv"))

"""The small calm mark for staff: the wall has lost touch with the queue."""

from kivy.lang import Builder
from kivy.properties import NumericProperty, ObjectProperty
from kivy.uix.widget import Widget

from display.look import Look

from . import KV_FOLDER


class WallOffline(Widget):
    """A crossed-out ring, `side` pixels wide; nothing at all while that is 0."""

    look = ObjectProperty(Look(), rebind=True)
    side = NumericProperty(0)


Builder.load_file(str(KV_FOLDER / "offline.kv"))

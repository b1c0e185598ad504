"""The newest call, very large; before the first call of the day, a greeting in its place."""

from kivy.lang import Builder
from kivy.properties import AliasProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout

from display.look import Look
from display.phrases import Phrases
from display.view import ShownCall

from . import KV_FOLDER, fitted  # noqa: F401 - the kv file names the label
from .called import WallCalled


class WallArrow(BoxLayout):
    """An arrow to the right, drawn because the font has none."""

    colour = StringProperty("#000000")


class WallBig(FloatLayout):
    """A huge value, under its caption where there is room for one."""

    look = ObjectProperty(Look(), rebind=True)
    caption = StringProperty()
    short_caption = StringProperty()
    value = StringProperty()
    short_value = StringProperty()
    value_most = NumericProperty(1e6)
    colour = StringProperty("#000000")
    caption_colour = StringProperty("#000000")

    def _room(self) -> float:
        # Without a caption nothing but words in lower case is short of room; with one that is no word, all of it.
        return float(self.height - (self.look.caption_height if self.caption else 0))

    room = AliasProperty(_room, bind=("height", "look", "caption"))


class WallNewest(WallCalled):
    """The newest call, with its desk, under a heading that says whether it is new."""

    heading = StringProperty()
    short_heading = StringProperty()
    word = StringProperty()
    desk = StringProperty()

    def show(self, call: ShownCall, phrases: Phrases) -> None:
        """Draw this call."""
        self.heading = phrases.now_called if call.new else phrases.last_called
        self.short_heading = phrases.number
        self.word, self.desk = call.place.word, call.place.desk
        self.call(call.number, new=call.new)


class WallGreeting(BoxLayout):
    """A friendly word before the first call."""

    look = ObjectProperty(Look(), rebind=True)
    greeting = StringProperty()
    advice = StringProperty()
    short_advice = StringProperty()


Builder.load_file(str(KV_FOLDER / "newest.kv"))

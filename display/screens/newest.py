"""The newest call, very large; before the first call of the day, a greeting in its place."""

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout

from . import KV_FOLDER, fitted  # noqa: F401 - the kv file names the label

# 0.8 flashes a second; more than three could be dangerous to people with epilepsy.
PULSE_S = 0.6


class WallArrow(BoxLayout):
    """An arrow to the right, drawn because the font has none."""

    colour = StringProperty("#000000")


class WallBig(FloatLayout):
    """A huge value under its caption."""

    caption = StringProperty()
    value = StringProperty()
    colour = StringProperty("#000000")
    caption_colour = StringProperty("#000000")
    caption_size = NumericProperty(60)
    value_size = NumericProperty(370)
    caption_room = NumericProperty(90)


class WallNewest(BoxLayout):
    """The newest call; amber, under another heading and in a beating frame while it is announced."""

    heading = StringProperty()
    number = StringProperty()
    word = StringProperty()
    desk = StringProperty()
    new = BooleanProperty(defaultvalue=False)
    framed = BooleanProperty(defaultvalue=False)
    upright = BooleanProperty(defaultvalue=False)
    unit = NumericProperty(1)

    def __init__(self, **kwargs: object) -> None:
        self._beat = Clock.create_trigger(self._turn_frame, PULSE_S, interval=True)
        super().__init__(**kwargs)

    def on_new(self, _: object, new: bool) -> None:  # noqa: FBT001 - Kivy calls it so
        """Beat while the call is new."""
        self.framed = new
        if new:
            self._beat()
        else:
            self._beat.cancel()

    def _turn_frame(self, _dt: float) -> None:
        self.framed = not self.framed


class WallGreeting(BoxLayout):
    """A friendly word before the first call."""

    greeting = StringProperty()
    advice = StringProperty()
    unit = NumericProperty(1)


Builder.load_file(str(KV_FOLDER / "newest.kv"))

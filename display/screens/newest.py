"""The newest call, very large; before the first call of the day, a greeting in its place."""

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import AliasProperty, BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout

from display.look import Look
from display.phrases import Phrases
from display.view import ShownCall

from . import KV_FOLDER, fitted  # noqa: F401 - the kv file names the label

# 0.8 flashes a second; more than three could be dangerous to people with epilepsy.
PULSE_S = 0.6


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


class WallNewest(BoxLayout):
    """The newest call; in bright colours, under another heading and in a beating frame while it is announced."""

    look = ObjectProperty(Look(), rebind=True)
    heading = StringProperty()
    short_heading = StringProperty()
    number = StringProperty()
    word = StringProperty()
    desk = StringProperty()
    new = BooleanProperty(defaultvalue=False)
    framed = BooleanProperty(defaultvalue=False)
    ground = AliasProperty(lambda self: self._of("new", "calm"), bind=("new", "look"))
    ink = AliasProperty(lambda self: self._of("new_ink", "calm_ink"), bind=("new", "look"))
    accent = AliasProperty(lambda self: self._of("new_ink", "calm_accent"), bind=("new", "look"))
    quiet = AliasProperty(lambda self: self._of("new_ink", "calm_quiet"), bind=("new", "look"))

    def __init__(self, **kwargs: object) -> None:
        self._beat = Clock.create_trigger(self._turn_frame, PULSE_S, interval=True)
        super().__init__(**kwargs)

    def show(self, call: ShownCall, phrases: Phrases) -> None:
        """Draw this call."""
        self.heading = phrases.now_called if call.new else phrases.last_called
        self.short_heading = phrases.number
        self.number = call.number
        self.word, self.desk = call.place.word, call.place.desk
        self.new = call.new

    def on_new(self, _: object, new: bool) -> None:  # noqa: FBT001 - Kivy calls it so
        """Beat while the call is new."""
        self.framed = new
        if new:
            self._beat()
        else:
            self._beat.cancel()

    def _turn_frame(self, _dt: float) -> None:
        self.framed = not self.framed

    def _of(self, when_new: str, when_calm: str) -> str:
        return str(getattr(self.look.theme, when_new if self.new else when_calm))


class WallGreeting(BoxLayout):
    """A friendly word before the first call."""

    look = ObjectProperty(Look(), rebind=True)
    greeting = StringProperty()
    advice = StringProperty()


Builder.load_file(str(KV_FOLDER / "newest.kv"))

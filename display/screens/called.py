"""The place where a call stands large: bright, framed and beating while it is announced, calm afterwards."""

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import AliasProperty, BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from display.look import Look

from . import KV_FOLDER
from .smooth import smoothly

# 0.8 flashes a second; more than three could be dangerous to people with epilepsy.
PULSE_S = 0.6
ARRIVES_S = 0.45


class WallCalled(BoxLayout):
    """Ground, frame and colours of a call, and its number's short way into place.

    The frame is of the colour of the words, so that a new call is told by more than its ground.
    """

    look = ObjectProperty(Look(), rebind=True)
    number = StringProperty()
    new = BooleanProperty(defaultvalue=False)
    framed = BooleanProperty(defaultvalue=False)
    moves = BooleanProperty(defaultvalue=False)
    away = NumericProperty(0)  # from its place, as a share of the width
    ground = AliasProperty(lambda self: self._of("new", "calm"), bind=("new", "look"))
    ink = AliasProperty(lambda self: self._of("new_ink", "calm_ink"), bind=("new", "look"))
    accent = AliasProperty(lambda self: self._of("new_ink", "calm_accent"), bind=("new", "look"))
    quiet = AliasProperty(lambda self: self._of("new_ink", "calm_quiet"), bind=("new", "look"))

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

    def call(self, number: str, *, new: bool) -> None:
        """Let this number stand here; one that was not here before comes into place if it is new."""
        fresh = new and (number != self.number or not self.new)
        self.number, self.new = number, new
        if fresh and self.moves:
            self.away = 0.1
            smoothly(Animation(away=0, duration=ARRIVES_S, t="out_cubic"), self)

    def _turn_frame(self, _dt: float) -> None:
        self.framed = not self.framed

    def _of(self, when_new: str, when_calm: str) -> str:
        return str(getattr(self.look.theme, when_new if self.new else when_calm))


Builder.load_file(str(KV_FOLDER / "called.kv"))

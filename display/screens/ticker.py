"""The office's messages on a strip below: standing and turned page by page, or moving where the office wants that."""

from collections.abc import Sequence

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.label import Label
from kivy.uix.stencilview import StencilView
from kivy.utils import rgba

from display.look import Look

from . import KV_FOLDER, fitted  # noqa: F401 - the kv file names the pages
from .measure import clean, line_width
from .smooth import MOVING_FRAMES_A_SECOND, frames

# Letters' heights a second: four letters, as slowly as most people read aloud.
SPEED = 2.0
BETWEEN = "   •   "
# A texture may not be as long as a message.
PIECE_PX = 1500


class WallBand(StencilView):
    """Words that move to the left without end."""

    look = ObjectProperty(Look(), rebind=True)
    texts: Sequence[str] = ListProperty()
    running = BooleanProperty(defaultvalue=False)

    def __init__(self, **kwargs: object) -> None:
        self._lay_soon = Clock.create_trigger(self._lay, -1)
        self._moved = Clock.create_trigger(self._move, 1 / MOVING_FRAMES_A_SECOND, interval=True)
        self._at = 0.0
        self._length = 1.0
        super().__init__(**kwargs)
        for name in ("look", "texts", "size", "pos"):
            self.fbind(name, self._lay_soon)

    def on_running(self, _: object, running: bool) -> None:  # noqa: FBT001 - Kivy calls it so
        """Move, or stand still and take no frame."""
        if running:
            frames.more()
            self._moved()
        else:
            self._moved.cancel()
            frames.fewer()

    def _lay(self, _dt: float) -> None:
        self.clear_widgets()
        font = self.look.ticker
        for piece in self._pieces(font):
            colour = rgba(self.look.theme.header_ink)
            width = line_width(piece, font)
            self.add_widget(Label(text=piece, font_size=font, color=colour, size=(width, self.height)))
        self._length = sum(label.width for label in self.children) or 1.0
        self._place()

    def _pieces(self, font: float) -> list[str]:
        """Cut what is to be read into pieces that make textures, each with its blank at the end."""
        pieces: list[str] = []
        for text in self.texts:
            for word in [*(f"{word} " for word in clean(text).split()), BETWEEN]:
                if pieces and line_width(pieces[-1] + word, font) <= PIECE_PX:
                    pieces[-1] += word
                else:
                    pieces.append(word)
        return pieces

    def _move(self, dt: float) -> None:
        self._at += SPEED * self.look.ticker * dt
        self._place()

    def _place(self) -> None:
        """Put the pieces in a row that begins at the right edge, and again when it has left on the left."""
        x = self.right - self._at % (self._length + self.width)
        for label in reversed(self.children):
            label.x, label.y, label.height = x, self.y, self.height
            x += label.width


class WallTicker(BoxLayout):
    """Moves only where it may, nobody has paused it, and no call is being announced."""

    look = ObjectProperty(Look(), rebind=True)
    texts = ListProperty()
    beat = NumericProperty(0)
    moves = BooleanProperty(defaultvalue=False)
    paused = BooleanProperty(defaultvalue=False)
    calling = BooleanProperty(defaultvalue=False)

    def on_kv_post(self, _: object) -> None:
        """Let one of them stand here."""
        # Themselves: ids alone would let the one that stands nowhere go.
        self._standing, self._band = self.ids.standing.__self__, self.ids.band.__self__
        for name in ("moves", "paused"):
            self.fbind(name, self._choose)
        self._choose()

    def pause_or_go_on(self) -> None:
        """Let moving words stand, page by page, or move again."""
        self.paused = not self.paused

    def _choose(self, *_: object) -> None:
        self.clear_widgets()
        self.add_widget(self._band if self.moves and not self.paused else self._standing)


Builder.load_file(str(KV_FOLDER / "ticker.kv"))

"""The calls before the newest."""

from collections.abc import Sequence

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from display.look import LINE, Look
from display.pages import page_at
from display.view import ShownCall

from . import KV_FOLDER, newest  # noqa: F401 - the kv file names its arrow
from .measure import line_width, wrapped

COLUMNS_MOST = 3
# So many calls with their whole labels are better than twice as many without.
ENOUGH = 4
# Shares of the font's size.
GAP, ARROW, PADDING = 0.16, 0.3, 0.2
GUTTER = 0.12


class WallCall(BoxLayout):
    """One call on its card; a bar and a warm ground mark one that is still to be announced."""

    look = ObjectProperty(Look(), rebind=True)
    number = StringProperty()
    number_width = NumericProperty(0)
    place = StringProperty()
    new = BooleanProperty(defaultvalue=False)
    folded = BooleanProperty(defaultvalue=False)  # the place stands under the number


class WallRecent(BoxLayout):
    """As many cards as fit, the latest first, in pages if need be; `nothing_yet` where there is no call.

    A card whose place has the same word as the newest's may leave it out: under a large "Stanowisko 26" a "9" is
    enough. So more cards fit. Where a label has no room beside its number, it stands under it.
    """

    look = ObjectProperty(Look(), rebind=True)
    heading = StringProperty()
    nothing_yet = StringProperty()
    page = StringProperty()
    empty = BooleanProperty(defaultvalue=True)
    empty_height = NumericProperty(0)
    folded = BooleanProperty(defaultvalue=False)
    beat = NumericProperty(0)
    calls: Sequence[ShownCall] = ListProperty()
    common_word = StringProperty()

    def __init__(self, **kwargs: object) -> None:
        self._arrange_soon = Clock.create_trigger(self._arrange, -1)
        self._cards: list[WallCall] = []
        self._columns, self._whole, self._number_width = 1, True, 0.0
        super().__init__(**kwargs)
        for name in ("look", "width", "calls", "common_word"):
            self.fbind(name, self._arrange_soon)
        self.fbind("beat", self._turn)

    def show(self, calls: Sequence[ShownCall], common_word: str) -> None:
        """Draw these calls."""
        self.empty = not calls
        self.common_word = common_word
        self.calls = list(calls)

    def _arrange(self, _dt: float) -> None:
        """Choose the columns, and whether the labels stand whole."""
        font = self.look.row
        self._number_width = max((line_width(call.number, font, bold=True) for call in self.calls), default=0)
        fitting = [
            (columns, whole)
            for columns in range(1, COLUMNS_MOST + 1)
            for whole in (True, False)
            if self._fits(columns, whole=whole)
        ]
        self.folded = not fitting and self.look.rows > 1
        self._columns, self._whole = max(fitting, key=self._worth, default=(1, self.folded))
        lines = len(wrapped(self.nothing_yet, self.look.queue, self.width))
        self.empty_height = min(lines * LINE * self.look.queue, self.look.rows * self.look.row_height)
        self._turn()

    def _worth(self, choice: tuple[int, bool]) -> tuple[int, bool, int]:
        columns, whole = choice
        calls = columns * self.look.rows
        return min(calls, ENOUGH), whole, calls

    def _fits(self, columns: int, *, whole: bool) -> bool:
        font = self.look.row
        room = (self.width - (columns - 1) * GUTTER * font) / columns
        beside = self._number_width + (ARROW + 2 * GAP + 2 * PADDING) * font
        return all(beside + line_width(self._label(call, whole=whole), font) <= room for call in self.calls)

    def _label(self, call: ShownCall, *, whole: bool) -> str:
        place = call.place
        return place.desk if not whole and place.word == self.common_word else f"{place.word} {place.desk}".strip()

    def _turn(self, *_: object) -> None:
        room = max(self._columns * self.look.rows // (2 if self.folded else 1), 1)
        pages = -(-len(self.calls) // room)
        at = page_at(int(self.beat), pages)
        self.page = f"{at + 1}/{pages}" if pages > 1 else ""
        self._draw(self.calls[at * room : (at + 1) * room])

    def _draw(self, calls: Sequence[ShownCall]) -> None:
        grid = self.ids.cards
        grid.cols = self._columns
        while len(self._cards) < len(calls):
            self._cards.append(WallCall())
        for at, call in enumerate(calls):
            card = self._cards[at]
            card.look, card.number_width, card.folded = self.look, self._number_width, self.folded
            card.number, card.place, card.new = call.number, self._label(call, whole=self._whole), call.new
        if len(grid.children) != len(calls):
            grid.clear_widgets()
            for card in self._cards[: len(calls)]:
                grid.add_widget(card)


Builder.load_file(str(KV_FOLDER / "recent.kv"))

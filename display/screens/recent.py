"""The calls before the newest."""

from collections.abc import Sequence

from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from display.view import ShownCall

from . import KV_FOLDER, newest  # noqa: F401 - the kv file names its arrow

ROOM = 8


class WallCall(BoxLayout):
    """One call on its card; a bar and a warm ground mark one that is still to be announced."""

    number = StringProperty()
    word = StringProperty()
    desk = StringProperty()
    new = BooleanProperty(defaultvalue=False)
    unit = NumericProperty(1)

    def show(self, call: ShownCall | None) -> None:
        """Draw this call, or an empty place."""
        self.number = call.number if call else ""
        self.word = call.place.word if call else ""
        self.desk = call.place.desk if call else ""
        self.new = bool(call and call.new)


class WallRecent(BoxLayout):
    """As many cards as fit, the latest first; `nothing_yet` where there is no call."""

    heading = StringProperty()
    nothing_yet = StringProperty()
    unit = NumericProperty(1)
    empty = BooleanProperty(defaultvalue=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._cards = [WallCall() for _ in range(ROOM)]
        for card in self._cards:
            self.fbind("unit", card.setter("unit"))

    def on_kv_post(self, _: object) -> None:
        """Lay the cards out."""
        for card in self._cards:
            card.unit = self.unit
            self.ids.cards.add_widget(card)

    def show(self, calls: Sequence[ShownCall]) -> None:
        """Draw these calls."""
        self.empty = not calls
        kept = [*calls[:ROOM], *[None] * ROOM][:ROOM]
        for card, call in zip(self._cards, kept, strict=True):
            card.show(call)


Builder.load_file(str(KV_FOLDER / "recent.kv"))

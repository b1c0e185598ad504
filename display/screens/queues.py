"""How many wait, matter by matter."""

from collections.abc import Callable, Sequence

from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from display.view import ShownQueue, busiest

from . import KV_FOLDER, recent  # noqa: F401 - the kv file names its heading

ROOM = 18
ONE_COLUMN = 8


class WallQueue(BoxLayout):
    """One matter, its count, and how long it will take."""

    name = StringProperty()
    waiting = StringProperty()
    minutes = StringProperty()
    large = BooleanProperty(defaultvalue=False)
    unit = NumericProperty(1)

    def show(self, queue: ShownQueue, *, large: bool) -> None:
        """Draw this queue."""
        self.name, self.waiting, self.minutes, self.large = queue.name, queue.waiting, queue.minutes, large


class WallQueues(BoxLayout):
    """Every matter for which somebody waits, the busiest if there is no room for all."""

    heading = StringProperty()
    nobody = StringProperty()
    left_out = StringProperty()
    and_others: Callable[[int], str] = ObjectProperty(str, rebind=False)
    unit = NumericProperty(1)
    empty = BooleanProperty(defaultvalue=True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._rows = [WallQueue() for _ in range(ROOM)]
        for row in self._rows:
            self.fbind("unit", row.setter("unit"))
            row.unit = self.unit

    def show(self, queues: Sequence[ShownQueue]) -> None:
        """Draw these queues."""
        kept, left_out = busiest(queues, ROOM)
        self.empty = not kept
        self.left_out = self.and_others(left_out) if left_out else ""
        large = len(kept) <= ONE_COLUMN
        for row, queue in zip(self._rows, kept, strict=False):
            row.show(queue, large=large)
        self._place(len(kept), 1 if large else 2)

    def _place(self, count: int, columns: int) -> None:
        """Put `count` rows on the wall, filled column by column, as a list is read."""
        grid = self.ids.rows
        if (len(grid.children), grid.cols) == (count, columns):
            return
        grid.clear_widgets()
        grid.cols, grid.rows = columns, max(-(-count // columns), 1)
        for row in self._rows[:count]:
            grid.add_widget(row)


Builder.load_file(str(KV_FOLDER / "queues.kv"))

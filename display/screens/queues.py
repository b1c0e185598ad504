"""How many wait, matter by matter."""

from collections.abc import Callable, Sequence

from kivy.lang import Builder
from kivy.properties import AliasProperty, BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from display.view import ShownQueue, busiest

from . import KV_FOLDER, recent  # noqa: F401 - the kv file names its heading

ROOM = 18
IN_ONE_COLUMN = 8
# Pixels of the full-size wall: the captions above the rows, and the row that is large enough.
ABOVE = 82
TALLEST_ROW = 66


class WallQueue(BoxLayout):
    """One matter, its count, and how long it will take."""

    name = StringProperty()
    waiting = StringProperty()
    minutes = StringProperty()
    row_height = NumericProperty(40)
    large = BooleanProperty(defaultvalue=False)
    unit = NumericProperty(1)

    def show(self, queue: ShownQueue) -> None:
        """Draw this queue."""
        self.name, self.waiting, self.minutes = queue.name, str(queue.waiting), queue.minutes


class WallQueues(BoxLayout):
    """Every matter for which somebody waits, the busiest if there is no room for all."""

    heading = StringProperty()
    nobody = StringProperty()
    minutes = StringProperty()
    people = StringProperty()
    left_out = StringProperty()
    and_others: Callable[[int], str] = ObjectProperty(str, rebind=False)
    unit = NumericProperty(1)
    count = NumericProperty(0)
    columns = NumericProperty(1)
    timed = BooleanProperty(defaultvalue=False)  # whether any wait is known

    def _empty(self) -> bool:
        return not self.count

    def _row_height(self) -> float:
        per_column = max(-(-self.count // self.columns), 1)
        return float(max(min(TALLEST_ROW * self.unit, (self.height - ABOVE * self.unit) / per_column), 1))

    empty = AliasProperty(_empty, bind=("count",))
    row_height = AliasProperty(_row_height, bind=("count", "columns", "height", "unit"))

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self._rows = [WallQueue() for _ in range(ROOM)]
        for row in self._rows:
            self.fbind("row_height", row.setter("row_height"))
            self.fbind("unit", row.setter("unit"))

    def show(self, queues: Sequence[ShownQueue]) -> None:
        """Draw these queues."""
        kept, left_out = busiest(queues, ROOM)
        self.left_out = self.and_others(left_out) if left_out else ""
        self.timed = any(queue.minutes for queue in kept)
        for row, queue in zip(self._rows, kept, strict=False):
            row.show(queue)
        if len(kept) != self.count:
            self._place(len(kept), 1 if len(kept) <= IN_ONE_COLUMN else 2)

    def _place(self, count: int, columns: int) -> None:
        """Put `count` rows on the wall, filled column by column, as a list is read."""
        rows = self.ids.rows
        rows.clear_widgets()
        self.count, self.columns = count, columns
        rows.cols, rows.rows = columns, max(-(-count // columns), 1)
        for row in self._rows[:count]:
            row.large = columns == 1
            rows.add_widget(row)


Builder.load_file(str(KV_FOLDER / "queues.kv"))

"""How many wait, matter by matter."""

from collections.abc import Sequence

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget
from msgspec.structs import replace

from display.look import LINE, UNDER, Look
from display.pages import packed, page_at
from display.view import ShownQueue

from . import KV_FOLDER, recent  # noqa: F401 - the kv file names its heading
from .measure import clean, line_width, paged, wrapped

# Shares of the font's size: between the columns, under a name, the sign of a person and the gap after it.
GAP, PERSON = 0.2, 0.74
# A name has this many letters' height of room at least, or the minutes leave.
NAME_LEAST = 8


class WallPerson(Widget):
    """The sign of somebody who waits, drawn because the font has none."""

    colour = StringProperty("#000000")


class WallQueue(BoxLayout):
    """One matter, how long it will take, and how many wait."""

    look = ObjectProperty(Look(), rebind=True)
    name = StringProperty()
    minutes = StringProperty()
    minutes_width = NumericProperty(0)
    waiting = StringProperty()
    waiting_width = NumericProperty(0)
    first = BooleanProperty(defaultvalue=False)


class WallQueues(BoxLayout):
    """Every matter for which somebody waits, in pages if need be; a name too long for one goes on on the next."""

    look = ObjectProperty(Look(), rebind=True)
    heading = StringProperty()
    nobody = StringProperty()
    minutes = StringProperty("%s")
    page = StringProperty()
    empty = BooleanProperty(defaultvalue=True)
    beat = NumericProperty(0)
    queues: Sequence[ShownQueue] = ListProperty()

    def __init__(self, **kwargs: object) -> None:
        self._arrange_soon = Clock.create_trigger(self._arrange, -1)
        self._rows: list[WallQueue] = []
        self._pages: list[list[tuple[ShownQueue, float]]] = []
        self._minutes_width = self._waiting_width = 0.0
        super().__init__(**kwargs)
        for name in ("look", "size", "queues"):
            self.fbind(name, self._arrange_soon)
        self.fbind("beat", self._turn)

    def show(self, queues: Sequence[ShownQueue]) -> None:
        """Draw these queues."""
        self.empty = not queues
        self.queues = [
            replace(queue, minutes=self.minutes % queue.minutes if queue.minutes else "") for queue in queues
        ]

    def _arrange(self, _dt: float) -> None:
        """Cut the names, and pack the rows into pages."""
        font, room = self.look.queue, self.height - self.look.heading_height
        self._waiting_width = max((line_width(str(queue.waiting), font, bold=True) for queue in self.queues), default=0)
        self._minutes_width = max((line_width(queue.minutes, font) for queue in self.queues), default=0)
        if self._name_width < NAME_LEAST * font:
            self._minutes_width = 0.0
        lines = max(int(room / (LINE * font) - UNDER + 0.05), 1)
        rows = [(part, height) for queue in self.queues for part, height in self._rows_of(queue, lines)]
        self._pages = [[rows[at] for at in page] for page in packed([height for _, height in rows], room + 1)]
        self._turn()

    @property
    def _name_width(self) -> float:
        beside = self._waiting_width + (PERSON + 2 * GAP) * self.look.queue
        return float(self.width - beside - self._minutes_width)

    def _rows_of(self, queue: ShownQueue, lines: int) -> list[tuple[ShownQueue, float]]:
        font = self.look.queue

        return [
            (replace(queue, name=name), (len(wrapped(name, font, self._name_width)) + UNDER) * LINE * font)
            for name in paged(clean(queue.name), font, self._name_width, lines)
        ]

    def _turn(self, *_: object) -> None:
        at = page_at(int(self.beat), len(self._pages))
        self.page = f"{at + 1}/{len(self._pages)}" if len(self._pages) > 1 else ""
        self._draw(self._pages[at] if self._pages else [])

    def _draw(self, page: Sequence[tuple[ShownQueue, float]]) -> None:
        rows = self.ids.rows
        while len(self._rows) < len(page):
            self._rows.append(WallQueue())
        for row, (queue, height) in zip(self._rows, page, strict=False):
            row.look, row.height = self.look, height
            row.minutes_width, row.waiting_width = self._minutes_width, self._waiting_width
            row.name, row.minutes, row.waiting = queue.name, queue.minutes, str(queue.waiting)
            row.first = row is self._rows[0]
        if len(rows.children) != len(page):
            rows.clear_widgets()
            for row in self._rows[: len(page)]:
                rows.add_widget(row)


Builder.load_file(str(KV_FOLDER / "queues.kv"))

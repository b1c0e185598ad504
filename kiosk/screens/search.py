"""The screen to search on: what was typed, what it finds, and a keyboard."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import ObjectProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.letters import IN_A_ROW
from kiosk.view import Button

from .frame import KioskScreen
from .tappable import KioskTappable

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

WIDE = {"type: ": 2, "pin:check": 3}  # keys of more than one unit
FEWEST_IN_A_ROW = 5  # digits are as wide as two letters


class SearchScreen(KioskScreen):
    """A line of letters, the matters that it finds, and the letters to go on with."""


class KioskKey(KioskTappable):
    """One key of the keyboard on the glass."""


class KioskKeyboard(BoxLayout):
    """Rows of keys, all of one size."""

    rows = ObjectProperty(())

    def on_rows(self, _widget: Any, rows: tuple[tuple[Button, ...], ...]) -> None:  # noqa: ANN401
        """Show these keys."""
        self.clear_widgets()
        widths = [sum(WIDE.get(key.name, 1) for key in row) for row in rows]
        in_a_row = IN_A_ROW if max(widths, default=0) > FEWEST_IN_A_ROW else FEWEST_IN_A_ROW
        for row, width in zip(rows, widths, strict=True):
            line = KioskKeyRow()
            free = in_a_row - width
            line.add_widget(BoxLayout(size_hint_x=free / 2 + 0.0001))
            for key in row:
                line.add_widget(KioskKey(item=key, size_hint_x=WIDE.get(key.name, 1)))
            line.add_widget(BoxLayout(size_hint_x=free / 2 + 0.0001))
            self.add_widget(line)


class KioskKeyRow(BoxLayout):
    """One row of keys."""

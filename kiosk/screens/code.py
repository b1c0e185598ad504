"""The screen on which the code of a booked visit is typed: six places, and large digits."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout

from kiosk.scanner import CODE_DIGITS

from .frame import KioskScreen
from .tappable import KioskTappable, update

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class CodeScreen(KioskScreen):
    """What was typed, each digit in its place, and a pad of large keys."""


class KioskDigit(KioskTappable):
    """One key of the pad."""


class KioskPad(GridLayout):
    """The keys in rows of three, as on a telephone, sharing the room that there is."""

    rows_of_keys = ObjectProperty(())

    def on_rows_of_keys(self, _widget: Any, rows: tuple[tuple[Any, ...], ...]) -> None:  # noqa: ANN401
        """Show these."""
        update(self, sum(rows, ()), KioskDigit)


class KioskPlaces(BoxLayout):
    """A place for each digit of the code; the next one to be typed is marked."""

    typed = StringProperty()

    def __init__(self, **properties: Any) -> None:  # noqa: ANN401 - whatever Kivy takes
        super().__init__(**properties)
        self._places = [KioskPlace() for _ in range(CODE_DIGITS)]
        for place in self._places:
            self.add_widget(place)
        self.fbind("typed", self._fill)
        self._fill()

    def _fill(self, *_: object) -> None:
        digits = self.typed.split()
        for at, place in enumerate(self._places):
            place.digit = digits[at] if at < len(digits) else ""
            place.is_next = at == len(digits)


class KioskPlace(BoxLayout):
    """The place of one digit."""

    digit = StringProperty()
    is_next = ObjectProperty(defaultvalue=False)

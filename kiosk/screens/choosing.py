"""The screens to choose from: groups, matters, priority classes."""

import math
from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import ObjectProperty
from kivy.uix.gridlayout import GridLayout

from .choice import KioskChoice
from .frame import KioskScreen
from .tappable import update

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class ChoosingScreen(KioskScreen):
    """A question and the choices."""


class KioskChoices(GridLayout):
    """Cards in one column on a standing panel, in two on a lying one; as high as the room allows, and no higher."""

    items = ObjectProperty(())

    def on_items(self, _widget: Any, items: tuple[Any, ...]) -> None:  # noqa: ANN401
        """Show these."""
        update(self, items, KioskChoice)

    def row_height(self, height: float, spacing: float, most: float) -> float:
        """Return the height of a card."""
        rows: int = max(1, math.ceil(len(self.items) / self.cols))
        return float(min(most, (height - spacing * (rows - 1)) / rows))

"""What frames every screen: the heading above, and below what leads elsewhere."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout

from kiosk.view import View

from .tappable import KioskButton, update

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class KioskScreen(BoxLayout):
    """One screen; `view` is what it shows."""

    view = ObjectProperty(View(""), rebind=True)


class KioskHeading(BoxLayout):
    """The question, what to do, and whether the screen is about to go away."""

    view = ObjectProperty(View(""), rebind=True)


class KioskButtons(GridLayout):
    """Buttons side by side, as many in a row as the panel has room for, or `in_row`."""

    items = ObjectProperty(())
    in_row = NumericProperty(0)

    def on_items(self, _widget: Any, items: tuple[Any, ...]) -> None:  # noqa: ANN401
        """Show these."""
        update(self, items, KioskButton)


class KioskFooter(BoxLayout):
    """The way elsewhere, and the languages; within reach of a seated resident on a standing panel."""

    view = ObjectProperty(View(""), rebind=True)


class KioskAdvice(BoxLayout):
    """What else has to be known before the tap; calm, and as long as it is so."""

    words = StringProperty()


class KioskNotice(BoxLayout):
    """A warning that the screen is about to go away."""

    words = StringProperty()

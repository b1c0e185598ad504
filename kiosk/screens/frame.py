"""What frames every screen: the office's name above, the heading, and below it what leads elsewhere."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.view import View

from .tappable import KioskButton, update

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class KioskScreen(BoxLayout):
    """One screen; `view` is what it shows."""

    view = ObjectProperty(View(""), rebind=True)


class KioskHeader(BoxLayout):
    """The office's name."""

    office = StringProperty()


class KioskHeading(BoxLayout):
    """The question, what to do, and whether the screen is about to go away."""

    view = ObjectProperty(View(""), rebind=True)


class KioskButtons(BoxLayout):
    """Buttons side by side."""

    items = ObjectProperty(())

    def on_items(self, _widget: Any, items: tuple[Any, ...]) -> None:  # noqa: ANN401
        """Show these."""
        update(self, items, KioskButton)


class KioskFooter(BoxLayout):
    """The way elsewhere, and the languages; within reach of a seated resident on a standing panel."""

    view = ObjectProperty(View(""), rebind=True)


class KioskNotice(BoxLayout):
    """A warning that the screen is about to go away."""

    words = StringProperty()

"""What can be tapped, and how a tap reaches the kiosk."""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import BooleanProperty, ColorProperty, ObjectProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.view import Button, Choice

Builder.load_file(str(Path(__file__).with_suffix(".kv")))


class KioskTappable(ButtonBehavior, BoxLayout):
    """A part of the glass with a name; where it is let go, the stage above hears that it was tapped."""

    item = ObjectProperty(Button("", ""), rebind=True)
    focused = BooleanProperty(defaultvalue=False)

    @property
    def name(self) -> str:
        """Return the name that a tap has in `kiosk.taps`."""
        return str(self.item.name)

    @property
    def takeable(self) -> bool:
        """Whether a tap does anything."""
        return not (isinstance(self.item, Choice) and self.item.note and not self.item.opens)

    def on_touch_down(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy's MotionEvent
        """Take the touch, unless there is nothing to be had here."""
        return self.takeable and bool(super().on_touch_down(touch))

    def on_release(self) -> None:
        """Tell the stage."""
        tell_stage(self, self.name)


def tell_stage(widget: Widget, name: str) -> None:
    """Let the stage above hear that `name` was tapped."""
    above: Any = widget.parent
    while above is not None and not above.is_event_type("on_tap"):
        above = None if above is above.parent else above.parent
    if above is not None:
        above.dispatch("on_tap", name)


class KioskButton(KioskTappable):
    """A button with one or two words, in a colour that stands out from its ground."""

    ink = ColorProperty()


def update(row: Widget, items: tuple[Any, ...], kind: type[Widget]) -> None:
    """Show `items` as the children of `row`, in place where they are the same things: a finger may be on one."""
    shown = row.children[::-1]
    if [child.item.name for child in shown] == [item.name for item in items]:
        for child, item in zip(shown, items, strict=True):
            child.item = item
        return
    row.clear_widgets()
    for item in items:
        row.add_widget(kind(item=item))

"""What frames every screen: the office's name above, the heading, and below it what leads elsewhere."""

from collections import deque
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout

from kiosk.view import View

from .tappable import KioskButton, tell_stage, update

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

HOLD_S = 2.0  # longer than anybody holds a heading by chance
SECRET_TOUCHES, WITHIN_S = 5, 4.0  # on the office's name: the way to the service menu


class KioskScreen(BoxLayout):
    """One screen; `view` is what it shows."""

    view = ObjectProperty(View(""), rebind=True)


class KioskHeader(BoxLayout):
    """The office's name, and how many tickets wait for the staff to print them; held, it leads there."""

    office = StringProperty()
    unprinted = NumericProperty(0)
    loop = BooleanProperty(defaultvalue=False)

    def __init__(self, **properties: Any) -> None:  # noqa: ANN401 - whatever Kivy takes
        super().__init__(**properties)
        self._held = Clock.create_trigger(lambda _: tell_stage(self, "reprints"), HOLD_S)
        self._touches: deque[float] = deque(maxlen=SECRET_TOUCHES)

    def on_touch_down(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy's MotionEvent
        """Wait whether it is held, or touched again and again."""
        if self.collide_point(*touch.pos):
            if self.unprinted:
                self._held()
            self._touches.append(Clock.get_time())
            if len(self._touches) == SECRET_TOUCHES and self._touches[-1] - self._touches[0] <= WITHIN_S:
                self._touches.clear()
                tell_stage(self, "service")
        return bool(super().on_touch_down(touch))

    def on_touch_up(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy's MotionEvent
        """Let go: what was short was somebody who leant on the glass."""
        self._held.cancel()
        return bool(super().on_touch_up(touch))


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

"""The head of every screen: the office's name, and behind it two ways for the staff."""

from collections import deque
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from .tappable import tell_stage

Builder.load_file(str(Path(__file__).with_suffix(".kv")))

HOLD_S = 2.0  # longer than anybody holds a heading by chance
SECRET_TOUCHES, WITHIN_S = 5, 4.0  # on the office's name: the way to the service menu


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

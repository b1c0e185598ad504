"""How everything is drawn now: the colours, the measures, and the one thing that a keypad stands on."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from kivy.event import EventDispatcher
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.panel import Modes, Panel, plan

from .themes import CONTRAST, DAY


class Look(EventDispatcher):
    """What the screens bind to: `u` is the pixels of a unit, `plan` where things stand, `theme` the colours."""

    u = NumericProperty(1.0)
    portrait = BooleanProperty(defaultvalue=True)
    plan = ObjectProperty(plan(Panel(), Modes()), rebind=True)
    theme = ObjectProperty(DAY, rebind=True)
    focus = StringProperty()  # the name of what a keypad stands on
    large = BooleanProperty(defaultvalue=False)

    def fit(self, panel: Panel, modes: Modes, focus: str = "") -> None:
        """Fit the drawing to a panel, as a resident wants it."""
        with _no_collection():
            self.portrait = panel.portrait
            self.u = panel.unit
            self.large = modes.large
            self.theme = CONTRAST if modes.contrast else DAY
            self.plan = plan(panel, modes)
            self.focus = focus


@contextmanager
def _no_collection() -> Iterator[None]:
    """Collect no garbage meanwhile.

    All widgets hear of a change here, also those of a screen that is gone and not yet collected; one that was
    collected between Kivy's hearing and telling would end the program with a ReferenceError.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


look = Look()

"""The window's one root: it puts the right screen up, and hears every touch."""

from typing import Any

from kivy.core.window import Window
from kivy.uix.floatlayout import FloatLayout

from kiosk.panel import Modes, Panel
from kiosk.view import View

from .attract import AttractScreen, ScreenTestScreen
from .choosing import ChoosingScreen
from .code import CodeScreen
from .frame import KioskScreen
from .look import look
from .message import MessageScreen
from .number import NumberScreen
from .search import SearchScreen

SCREENS: dict[str, type[KioskScreen]] = {
    "start": ChoosingScreen,
    "matters": ChoosingScreen,
    "priorities": ChoosingScreen,
    "languages": ChoosingScreen,
    "reprints": ChoosingScreen,
    "search": SearchScreen,
    "pin": SearchScreen,
    "check_in": CodeScreen,
    "service": ChoosingScreen,
    "attract": AttractScreen,
    "screen_test": ScreenTestScreen,
    "thanks": NumberScreen,
}


class Stage(FloatLayout):
    """Shows a `View`; dispatches `on_tap` with the name of what was tapped, and `on_touched` for every touch.

    `long_mm` and `bottom_mm` are those of a `Panel`; `on_measured` tells its size in pixels as well.
    """

    __events__ = ("on_tap", "on_touched", "on_measured")

    def __init__(self, long_mm: float = 531.0, bottom_mm: float = 850.0, **properties: Any) -> None:  # noqa: ANN401 - whatever Kivy takes
        super().__init__(**properties)
        self._mm = long_mm, bottom_mm
        self.view: View | None = None
        self.screen: KioskScreen | None = None
        self.bind(size=self._fit)
        self._fit()

    def show(self, view: View) -> None:
        """Draw `view`; nothing is drawn where nothing has changed."""
        if view == self.view:
            return
        look.fit(self.panel, view.drawn, view.focus)
        kind = SCREENS.get(view.screen, MessageScreen)
        if self.screen is None or self.view is None or self.view.screen != view.screen:
            self.clear_widgets()
            self.screen = kind(view=view)
            self.add_widget(self.screen)
        self.screen.view = view
        self.view = view

    @property
    def panel(self) -> Panel:
        """Return the glass as it is measured now."""
        width, height = self.size if self.parent else Window.size
        return Panel(width, height, *self._mm)

    def _fit(self, *_: object) -> None:
        look.fit(self.panel, self.view.drawn if self.view else Modes())
        self.dispatch("on_measured", self.panel)

    def on_touch_down(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy's MotionEvent
        """Let everybody know that somebody is there."""
        self.dispatch("on_touched")
        return bool(super().on_touch_down(touch))

    def on_tap(self, name: str) -> None:
        """Bind to this: something was tapped."""

    def on_measured(self, panel: Panel) -> None:
        """Bind to this: the window has another size."""

    def on_touched(self) -> None:
        """Bind to this: the glass was touched."""

"""What hangs in this place: a wall for many desks, or a small display over one; drawn anew only if it changed."""

from collections.abc import Mapping
from typing import Protocol

from kivy.core.window import Window
from kivy.uix.widget import Widget

from broker.contract.messages import Desk

from .announcements import Announcements
from .over_desk import OverDesk, over_desk
from .phrases import phrases
from .screens.over_desk import WallOverDesk
from .screens.wall import Wall
from .settings import Settings
from .themes import THEMES
from .view import View, view

# The space bar, and the key of a remote control that pauses, as SDL names them.
PAUSE_KEYS = (32, 1073742085)


class Hung(Protocol):
    """A screen that draws itself from the state of the announcements and of the desks."""

    widget: Widget

    def draw(self, state: Announcements, desks: Mapping[str, Desk], *, offline: bool) -> bool:
        """Draw; False if nothing has changed since the last time."""


class HallWall:
    """The wall of a hall or of a zone."""

    def __init__(self, settings: Settings) -> None:
        self._language = settings.language
        self._drawn = View()
        self.widget = Wall(
            phrases(settings.language),
            THEMES[settings.theme],
            settings.reading,
            settings.programme,
            page_s=settings.page_s,
            moves=_moves(settings),
        )
        Window.bind(on_key_down=self._pressed)

    def draw(self, state: Announcements, desks: Mapping[str, Desk], *, offline: bool) -> bool:
        """Draw; False if nothing has changed since the last time."""
        fresh = view(state, self._language, offline=offline, desks=desks)
        before, self._drawn = self._drawn, fresh
        if fresh != before:
            self.widget.show(fresh)
        return fresh != before

    def _pressed(self, _window: object, key: int, *_: object) -> bool:
        if key in PAUSE_KEYS:
            self.widget.pause_or_go_on()
        return False


class DeskDisplay:
    """The small display over one desk."""

    def __init__(self, settings: Settings) -> None:
        self._language = settings.language
        (self._desk,) = settings.desks
        self._drawn = OverDesk()
        words, theme = phrases(settings.language), THEMES[settings.theme]
        self.widget = WallOverDesk(words, theme, settings.reading, moves=_moves(settings))

    def draw(self, state: Announcements, desks: Mapping[str, Desk], *, offline: bool) -> bool:
        """Draw; False if nothing has changed since the last time."""
        fresh = over_desk(desks.get(self._desk), state, self._language, offline=offline)
        before, self._drawn = self._drawn, fresh
        if fresh != before:
            self.widget.show(fresh)
        return fresh != before


def hung(settings: Settings) -> Hung:
    """Return what the settings want, empty yet."""
    return DeskDisplay(settings) if settings.kind == "desk" else HallWall(settings)


def _moves(settings: Settings) -> bool:
    """Return whether anything moves: pictures are taken of what stands still."""
    return settings.motion and not settings.pictures

"""Draws the scenes on widgets of any size, into files."""

from pathlib import Path
from tempfile import TemporaryDirectory

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.uix.widget import Widget

from display.look import look
from display.phrases import Phrases, phrases
from display.programme import NOTHING_ELSE, Programme
from display.screens.newest import WallGreeting
from display.screens.over_desk import WallOverDesk
from display.screens.wall import Wall
from display.themes import THEMES
from display.wording import in_language

from . import sample
from .command import DESK, Size
from .scenes import RESTING, desk_scenes, hall_scenes

# Everything has found its place and its words after so many turns of Kivy's loop.
TURNS = 10
POSTER = (1600, 900)


def paint(size: Size, theme: str, language: str, folder: Path) -> None:
    """Write SCENE-THEME-LANGUAGE.png for every scene."""
    Clock._max_fps = 0  # noqa: SLF001 - nobody watches: there is nothing to wait for
    words = phrases(language)
    if size.kind == DESK:
        display = WallOverDesk(words, THEMES[theme], size.reading, size_hint=(None, None))
        for name, shown in desk_scenes(language).items():
            display.show(shown)
            _write(display, size, folder / f"{name}-{theme}-{language}.png")
        return
    with TemporaryDirectory() as media:
        _poster(words, theme, Path(media) / "poster.png")
        said = tuple(in_language(message, language) for message in sample.messages())
        resting = Programme(messages=said, media=Path(media), media_after_s=0.0)
        for name, view in hall_scenes(language).items():
            programme = resting if name == RESTING else NOTHING_ELSE
            wall = Wall(words, THEMES[theme], size.reading, programme, size_hint=(None, None))
            wall.size = size.width, size.height
            wall.tell_time(sample.now())
            wall.beat = 0
            wall.show(view)
            _write(wall, size, folder / f"{name}-{theme}-{language}.png")
            for calm in ("greeting", "waiting"):  # nothing of it beats on or turns
                wall.show(hall_scenes(language)[calm])


def _write(widget: Widget, size: Size, path: Path) -> None:
    widget.size = size.width, size.height
    for _ in range(TURNS):
        EventLoop.idle()
    widget.export_to_png(str(path))


def _poster(words: Phrases, theme: str, path: Path) -> None:
    """Draw something that an office could show while nobody is called."""
    poster = WallGreeting(greeting=words.greeting, advice=words.advice, size_hint=(None, None), size=POSTER)
    poster.look = look(THEMES[theme], *POSTER, 120.0)
    for _ in range(TURNS):
        EventLoop.idle()
    poster.export_to_png(str(path))

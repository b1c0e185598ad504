"""Draws the scenes on a stage of any size, into files."""

from functools import cache, partial
from pathlib import Path

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import glFinish
from kivy.lang import Builder
from msgspec.structs import replace
from PIL import Image

from broker.contract.words import words
from kiosk.screens.stage import Stage
from kiosk.settings import LOCALE
from kiosk.state import Timing
from kiosk.tongue import tongue
from kiosk.wording import view

from . import sample
from .command import Size
from .scenes import MODES, NOW, scenes

# Everything has found its place and its words after so many turns of Kivy's loop.
TURNS = 6
COLOURS = 96  # as many as drawings of so few colours need, with the soft edges of their letters


class Easel:
    """A stage of one size, on which one view after the other is drawn."""

    def __init__(self, size: Size) -> None:
        Clock._max_fps = 0  # noqa: SLF001 - nobody watches: there is nothing to wait for
        Window.bind(on_flip=_wait)
        self._stage = Stage(size.long_mm, size_hint=(None, None), size=(size.width, size.height))
        Window.add_widget(self._stage)
        self._catalogue = cache(partial(words, LOCALE))

    def paint(self, mode: str, language: str, folder: Path) -> None:
        """Write SCENE-MODE-LANGUAGE.png for every scene."""
        for name, state in scenes().items():
            wanted = replace(state, modes=MODES[mode], panel=self._stage.panel)
            speaks = tongue(wanted.menu, language, language, self._catalogue)
            wanted = replace(wanted, language=language)
            self._stage.show(view(wanted, NOW, Timing(), speaks, sample.TICKET_URL))
            self._write(folder / f"{name}-{mode}-{language}.png")

    def take_down(self) -> None:
        """Make room for another size."""
        Window.remove_widget(self._stage)
        Window.unbind(on_flip=_wait)

    def _write(self, path: Path) -> None:
        for _ in range(TURNS):
            Clock.tick()
            Builder.sync()
            Clock.tick_draw()
            Builder.sync()
        texture = self._stage.export_as_image().texture
        # Kivy gives the pixels of such a picture from the top.
        picture = Image.frombytes("RGBA", texture.size, texture.pixels).convert("RGB")
        picture.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(path)
        EventLoop.idle()


def _wait(*_: object) -> None:
    """Wait for each frame: SDL's driver without a screen keeps every picture otherwise."""
    glFinish()

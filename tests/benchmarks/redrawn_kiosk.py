"""The kiosk's first screen, drawn anew up to 60 times a second: what a program costs that redraws whatever happens.

How many frames it has drawn stands in the file that is named.
"""

# ruff: noqa: E402 - Kivy reads its environment when it is imported

import sys
from itertools import count
from pathlib import Path

from kiosk.kivy_environment import prepare_kivy

prepare_kivy(1080, 1920)

from kivy.config import Config

Config.set("graphics", "maxfps", "60")

from kivy.app import App
from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import glFinish

from kiosk.screens.stage import Stage
from tests.kiosk.scenes import scene, states

FRAMES = Path(sys.argv[1])
drawn = count(1)


def flipped(*_):
    glFinish()
    FRAMES.write_text(str(next(drawn)), encoding="ascii")


class RedrawnApp(App):
    def build(self):
        stage = Stage()
        stage.show(scene(states()["start"]))
        return stage

    def on_start(self):
        Clock.schedule_interval(lambda _dt: Window.canvas.ask_update(), 0)


EventLoop.ensure_window()
Window.bind(on_flip=flipped)
RedrawnApp().run()

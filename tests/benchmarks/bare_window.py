"""The least that Kivy can do: a window with one word, and its picture in the folder that is named."""

# ruff: noqa: E402 - Kivy reads its environment when it is imported

import os
import sys

os.environ.update(KIVY_NO_ARGS="1", KIVY_NO_FILELOG="1", KIVY_NO_CONSOLELOG="1", KIVY_WINDOW="sdl2")

from kivy.config import Config

for key, value in {"width": "1080", "height": "1920", "maxfps": "30", "multisamples": "0"}.items():
    Config.set("graphics", key, value)

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import glFinish
from kivy.uix.label import Label


class BareApp(App):
    def build(self):
        Window.bind(on_flip=lambda *_: glFinish())
        return Label(text="Dzień dobry", font_size=100)

    def on_start(self):
        Clock.schedule_once(lambda _: self.root.export_to_png(f"{sys.argv[1]}/001.png"), 0)


BareApp().run()

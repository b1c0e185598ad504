"""The wall of a busy office, drawn anew 60 times a second: what a program costs that redraws whatever happens."""

# ruff: noqa: E402 - Kivy reads its environment when it is imported

import sys
from datetime import UTC, datetime

from display.kivy_environment import prepare_kivy
from tests.builders import board, call, sample

prepare_kivy(1920, 1080)

from kivy.config import Config

Config.set("graphics", "maxfps", "60")

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window

from display.announcements import Announcements, BoardHeard, Memory, after
from display.phrases import phrases
from display.screens.wall import Wall
from display.view import view
from display.window import open_window

DESKS = [desk["id"] for desk in sample()["desk"]][:12]


class RedrawnApp(App):
    def build(self):
        calls = [call(f"A{12 - at:03}", desk, 12 - at) for at, desk in enumerate(DESKS)]
        shown = board(*calls)
        state, _ = after(Announcements(Memory(shown.day, 99)), BoardHeard(shown, datetime.now(UTC)))
        wall = Wall(phrases("pl"))
        wall.tell_time(datetime.now(UTC))
        wall.show(view(state, "pl", offline=False))
        return wall

    def on_start(self):
        Clock.schedule_interval(lambda _dt: Window.canvas.ask_update(), 0)
        Clock.schedule_once(lambda _dt: self.root.export_to_png(f"{sys.argv[1]}/001.png"), 1)


open_window()
RedrawnApp().run()

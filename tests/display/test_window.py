"""How often the loop of an idle wall turns, in a program of its own: its clock is set before Kivy is imported."""

import os
import subprocess
import sys

SECONDS = 2
TURNS_A_FRAME = 20  # with those of the last millisecond before a timer; once it was 250
PROGRAM = f"""
from display.kivy_environment import FRAMES_A_SECOND, prepare_kivy
prepare_kivy(320, 200)
from kivy.app import App
from kivy.clock import Clock
from kivy.uix.widget import Widget
from display.window import open_window
open_window()
app = App()
app.build = Widget
turns = []
for every in (0.5, 1.0):
    Clock.schedule_interval(lambda _dt: None, every)
def begin(_dt):
    turns.append(Clock.frames)
    Clock.schedule_once(end, {SECONDS})
def end(_dt):
    print((Clock.frames - turns[0]) / ({SECONDS} * FRAMES_A_SECOND))
    app.stop()
Clock.schedule_once(begin, 1)
app.run()
"""


def test_an_idle_wall_does_not_look_round_and_round_for_what_is_due_soon():
    environment = {**os.environ, "SDL_VIDEODRIVER": "offscreen", "LIBGL_ALWAYS_SOFTWARE": "1"}
    environment.pop("DISPLAY", None)
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, timeout=120, check=True
    )
    assert 0 < float(run.stdout) <= TURNS_A_FRAME

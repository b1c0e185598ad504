"""The one window of the program, and its end."""

import os
import signal

from kivy.app import App
from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.graphics.opengl import glFinish


def open_window() -> bool:
    """Open the window; False if there is no screen to open it on."""
    try:
        EventLoop.ensure_window()
    except SystemExit:  # Kivy's way to say that no driver works
        return False
    if EventLoop.window is None:
        return False
    if os.environ.get("SDL_VIDEODRIVER") == "offscreen":
        # Without it this driver keeps every picture that was ever drawn.
        EventLoop.window.bind(on_flip=lambda *_: glFinish())
    return True


def stop_at(app: App, *signals: signal.Signals) -> None:
    """End the app cleanly at these signals."""
    for number in signals:
        signal.signal(number, lambda *_: Clock.schedule_once(lambda _dt: app.stop(), 0))

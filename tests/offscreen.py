"""One real Kivy window, drawn offscreen, for the tests of every screen; to be imported before Kivy."""

import os

os.environ.pop("DISPLAY", None)
os.environ |= {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONFIG": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_NO_CONSOLELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_METRICS_DENSITY": "1",
    "KIVY_WINDOW": "sdl2",
    "SDL_VIDEODRIVER": "offscreen",
    "LIBGL_ALWAYS_SOFTWARE": "1",
}

from kivy.config import Config

# Read once, by us; a program that a test starts may be given a configuration of its own.
del os.environ["KIVY_NO_CONFIG"]


def offscreen_window():
    """Return the window of this process; it is opened once, and draws as fast as it can."""
    from kivy.base import EventLoop
    from kivy.clock import Clock
    from kivy.graphics.opengl import glFinish

    if EventLoop.window is None:
        Config.set("graphics", "multisamples", "0")
        for name, _ in Config.items("input"):
            Config.remove_option("input", name)
        EventLoop.ensure_window()
        # The offscreen driver keeps every frame without it.
        EventLoop.window.bind(on_flip=lambda *_: glFinish())
        Clock._max_fps = 0
    return EventLoop.window

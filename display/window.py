"""The one window of the program, and its end."""

import os
import signal

from kivy.app import App
from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.graphics.opengl import GL_RENDERER, glFinish, glGetString

from broker.contract.screen import ANY, OFFSCREEN, Drawing, complaint, refuse_no_window, refuse_unseen, sdl_driver

# Kivy's clock looks round and round for so long before whatever is due, and by default for a third of a frame and more:
# at ten frames a second that was most of an idle wall's work.
CLOCK_RESOLUTION_S = 0.001


def open_window(screen: str = ANY, *, software: bool = True) -> str | None:
    """Open the window on this screen; return what limps. NoScreen says why nobody would see it."""
    Clock.clock_resolution = CLOCK_RESOLUTION_S
    try:
        EventLoop.ensure_window()
    except SystemExit:  # Kivy's way to say that no driver works
        raise refuse_no_window(os.environ) from None
    if EventLoop.window is None:
        raise refuse_no_window(os.environ)
    drawing = Drawing(sdl_driver(), glGetString(GL_RENDERER).decode())
    refuse_unseen(drawing, os.environ["SDL_VIDEODRIVER"], screen, software=software)
    if drawing.driver == OFFSCREEN:
        # Without it this driver keeps every picture that was ever drawn.
        EventLoop.window.bind(on_flip=lambda *_: glFinish())
    return complaint(drawing, software=software)


def stop_at(app: App, *signals: signal.Signals) -> None:
    """End the app cleanly at these signals."""
    for number in signals:
        signal.signal(number, lambda *_: Clock.schedule_once(lambda _dt: app.stop(), 0))

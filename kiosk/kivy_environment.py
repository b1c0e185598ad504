"""What Kivy must be told before it is imported: which screen, which window, and no files of its own."""

import logging
import os

from broker.contract.screen import (
    ANY,
    KMSDRM,
    OFFSCREEN,
    Drawing,
    complaint,
    refuse_no_window,
    refuse_unseen,
    sdl,
    sdl_driver,
    video_driver,
)

from .fingers import hear_fingers

# Touch is asked for once a frame; thirty a second are quick to the finger and cheap when idle.
FRAMES_A_SECOND = 30


def prepare_kivy(width: int, height: int, rotation: int = 0, screen: str = ANY) -> None:
    """Set Kivy up for a window of this size, 0 by 0 for the whole screen; it must not have been imported yet."""
    os.environ.update(
        SDL_VIDEODRIVER=video_driver(os.environ, screen),
        KIVY_WINDOW="sdl2",
        KIVY_NO_ARGS="1",
        KIVY_NO_FILELOG="1",
        KIVY_LOG_MODE="PYTHON",
        KIVY_METRICS_DENSITY="1",
    )
    if os.environ["SDL_VIDEODRIVER"] == KMSDRM:
        os.environ["SDL_TOUCH_MOUSE_EVENTS"] = "0"  # a finger is a finger, and not a mouse as well
    if "KIVY_HOME" not in os.environ:
        os.environ["KIVY_NO_CONFIG"] = "1"  # nor the folder for it, which a kill would leave behind
    logging.getLogger("kivy").addFilter(_worth_reading)
    from kivy.config import Config  # noqa: PLC0415 - not before the environment is set

    for key, value in graphics(width, height, rotation).items():
        Config.set("graphics", key, value)
    Config.set("kivy", "log_level", "warning")
    Config.set("kivy", "exit_on_escape", "0")
    Config.set("kivy", "window_icon", "")
    # SDL hears the touchscreen and the mouse; the same device probed again would touch twice.
    for name, _ in Config.items("input"):
        Config.remove_option("input", name)
    Config.set("input", "mouse", "mouse,disable_multitouch")


def graphics(width: int, height: int, rotation: int) -> dict[str, str]:
    """Return Kivy's graphics settings."""
    whole_screen = not width or not height
    return {
        "fullscreen": "auto" if whole_screen else "0",
        "width": str(width or 1080),
        "height": str(height or 1920),
        "rotation": str(rotation),
        "maxfps": str(FRAMES_A_SECOND),
        "show_cursor": "0" if whole_screen else "1",
        "resizable": "0" if whole_screen else "1",
        "allow_screensaver": "0",
        "multisamples": "0",
        "minimum_width": "0",
        "minimum_height": "0",
    }


def open_window(screen: str = ANY, *, software: bool = True) -> str | None:
    """Open the window on this screen; return what limps. NoScreen says why nobody would see it."""
    from kivy.base import EventLoop  # noqa: PLC0415
    from kivy.graphics.opengl import GL_RENDERER, glFinish, glGetString  # noqa: PLC0415

    try:
        EventLoop.ensure_window()
    except SystemExit:  # Kivy's way to say that no driver works
        raise refuse_no_window(os.environ) from None
    drawing = Drawing(sdl_driver(), glGetString(GL_RENDERER).decode())
    refuse_unseen(drawing, os.environ["SDL_VIDEODRIVER"], screen, software=software)
    if drawing.driver == OFFSCREEN:
        # Wait for each frame where there is no screen to wait for; this driver keeps every picture otherwise.
        EventLoop.window.bind(on_flip=lambda *_: glFinish())
    if drawing.driver == KMSDRM and (library := sdl()):
        hear_fingers(library)
    return complaint(drawing, software=software)


def _worth_reading(record: logging.LogRecord) -> bool:
    """Drop what Kivy says of its own settings, of an unused touch library, and of a missing screen at length."""
    ours = ("Config:", "Input: MTDev", "Window: Unable to find", "App: Unable to get a Window")
    return record.levelno >= logging.WARNING and not record.getMessage().startswith(ours)

"""What Kivy must be told before it is imported: which window, which clock, and no files of its own."""

import logging
import os

from broker.contract.screen import ANY, video_driver

# Ten frames a second are plenty for a wall, and the interrupt clock still draws a call within 20 ms.
FRAMES_A_SECOND = 10


def prepare_kivy(width: int, height: int, rotation: int = 0, screen: str = ANY) -> None:
    """Set Kivy up for a window of this size, 0 by 0 for the whole screen; it must not have been imported yet."""
    os.environ.update(
        SDL_VIDEODRIVER=video_driver(os.environ, screen),
        KIVY_WINDOW="sdl2",
        KIVY_CLOCK="interrupt",
        KIVY_NO_ARGS="1",
        KIVY_NO_FILELOG="1",
        KIVY_LOG_MODE="PYTHON",
        KIVY_METRICS_DENSITY="1",
    )
    if "KIVY_HOME" not in os.environ:
        os.environ["KIVY_NO_CONFIG"] = "1"  # nor the folder for it, which a kill would leave behind
    logging.getLogger("kivy").addFilter(_worth_a_line)
    from kivy.config import Config  # noqa: PLC0415 - not before the environment is set

    whole_screen = not width or not height
    graphics = {
        "fullscreen": "auto" if whole_screen else "0",
        "width": str(width or 1920),
        "height": str(height or 1080),
        "rotation": str(rotation),
        "maxfps": str(FRAMES_A_SECOND),
        "show_cursor": "0",
        "allow_screensaver": "0",
        "multisamples": "0",
        "minimum_width": "0",
        "minimum_height": "0",
    }
    for key, value in graphics.items():
        Config.set("graphics", key, value)
    Config.set("kivy", "exit_on_escape", "0")
    # A wall is not touched; probing the input devices would only cost.
    for name, _ in Config.items("input"):
        Config.remove_option("input", name)


def _worth_a_line(record: logging.LogRecord) -> bool:
    """Drop Kivy's greetings, its news that it found no configuration and no touch, and a missing screen at length."""
    ours = ("Config:", "Input: MTDev", "Window: Unable to find", "App: Unable to get a Window")
    return record.levelno >= logging.WARNING and not record.getMessage().startswith(ours)

"""Whether there is a screen to open windows on, and how large it is."""

import ctypes
import ctypes.util
from collections.abc import Mapping

Size = tuple[int, int]


def windows_wanted(asked_for: str, environment: Mapping[str, str]) -> bool:
    """Decide between windows and a virtual screen; `asked_for` is yes, no or auto.

    A desktop, X or Wayland, serves X. A bare console could show one program at a time, and a rehearsal has three.
    """
    if asked_for == "auto":
        return screen_size(environment) is not None
    return asked_for == "yes"


def screen_size(environment: Mapping[str, str]) -> Size | None:
    """Return width and height in pixels; None if DISPLAY is unset, or outlived its X server."""
    display = environment.get("DISPLAY")
    library = ctypes.util.find_library("X11")
    if not display or library is None:
        return None
    x11 = ctypes.CDLL(library)
    x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
    x11.XOpenDisplay.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    if not connection:
        return None
    size = (x11.XDisplayWidth(connection, 0), x11.XDisplayHeight(connection, 0))
    x11.XCloseDisplay(connection)
    return size

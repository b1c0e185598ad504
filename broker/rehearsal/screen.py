"""Whether there is a screen to open windows on."""

import ctypes
import ctypes.util
from collections.abc import Mapping


def windows_wanted(asked_for: str, environment: Mapping[str, str]) -> bool:
    """Decide between windows and a virtual screen; `asked_for` is yes, no or auto.

    A desktop, X or Wayland, serves X. A bare console could show one program at a time, and a rehearsal has three.
    """
    if asked_for == "auto":
        display = environment.get("DISPLAY", "")
        return display != "" and x_answers(display)
    return asked_for == "yes"


def x_answers(display: str) -> bool:
    """Whether the X server of this name lets us in: the variable DISPLAY often outlives the screen."""
    name = ctypes.util.find_library("X11")
    if name is None:
        return False
    x11 = ctypes.CDLL(name)
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XOpenDisplay.argtypes = [ctypes.c_char_p]
    connection = x11.XOpenDisplay(display.encode())
    if not connection:
        return False
    x11.XCloseDisplay(ctypes.c_void_p(connection))
    return True

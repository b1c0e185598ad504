"""Whether there is a screen to open windows on."""

import ctypes
import ctypes.util
from collections.abc import Mapping


def windows_wanted(asked_for: str, environment: Mapping[str, str]) -> bool:
    """Decide between windows and a virtual screen; `asked_for` is yes, no or auto.

    A desktop, X or Wayland, serves X. A bare console could show one program at a time, and a rehearsal has three.
    """
    if asked_for == "auto":
        return bool(environment.get("DISPLAY")) and x_answers()
    return asked_for == "yes"


def x_answers() -> bool:
    """Whether the X server that DISPLAY names lets us in: the variable often outlives the screen."""
    name = ctypes.util.find_library("X11")
    if name is None:
        return False
    x11 = ctypes.CDLL(name)
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = x11.XOpenDisplay(None)
    if not display:
        return False
    x11.XCloseDisplay(ctypes.c_void_p(display))
    return True

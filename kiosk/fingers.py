"""Fingers on a screen without a desktop: SDL tells of them, and Kivy, which hears them on telephones alone, is told.

Theory of operation. On a desktop SDL makes a mouse of each finger, and Kivy hears the mouse. Without one SDL makes
none, and a kiosk would be deaf; so what SDL puts into its queue is watched, and fingers are handed to Kivy's own
provider for them. SDL reads the kernel's devices itself, also those that are plugged in later.
"""

import ctypes

KINDS = {0x700: "fingerdown", 0x701: "fingerup", 0x702: "fingermotion"}
_Watch = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_KEPT: list[object] = []  # SDL calls it as long as the program runs


class _Finger(ctypes.Structure):
    """SDL_TouchFingerEvent, as far as it is read: places are shares of the panel, from its left and top."""

    _fields_ = (
        ("kind", ctypes.c_uint32),
        ("at_ms", ctypes.c_uint32),
        ("panel", ctypes.c_int64),
        ("finger", ctypes.c_int64),
        ("x", ctypes.c_float),
        ("y", ctypes.c_float),
        ("dx", ctypes.c_float),
        ("dy", ctypes.c_float),
        ("pressure", ctypes.c_float),
    )


def hear_fingers(sdl: ctypes.CDLL) -> None:
    """Let Kivy hear every finger that this SDL tells of; once, when there is a window."""
    from kivy.core.window.window_sdl2 import SDL2MotionEventProvider  # noqa: PLC0415 - not before there is a window

    def heard(_mine: int, event: int) -> int:
        finger = ctypes.cast(event, ctypes.POINTER(_Finger))[0]
        if kind := KINDS.get(finger.kind):
            SDL2MotionEventProvider.q.appendleft((kind, finger.finger, finger.x, finger.y, finger.pressure))
        return 0

    watch = _Watch(heard)
    _KEPT.append(watch)
    sdl.SDL_AddEventWatch(watch, None)

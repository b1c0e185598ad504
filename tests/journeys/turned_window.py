"""A window turned as a program's settings turn it, with one red button in a corner: run by test_turned_screen.

`python turned_window.py kiosk|display ROTATION desktop|kms` finds the button in the picture that the screen is given,
puts a finger on that place, as SDL tells of it on such a screen, and prints the window's size and how often the button
was touched, and how often another place.
"""

import ctypes
import importlib
import struct
import sys

from broker.contract.screen import sdl
from kiosk.fingers import hear_fingers

package, rotation, screen = sys.argv[1], int(sys.argv[2]), sys.argv[3]
importlib.import_module(f"{package}.kivy_environment").prepare_kivy(480, 320, rotation)

from kivy.base import EventLoop, runTouchApp, stopTouchApp  # noqa: E402 - Kivy has only now been told of its window

EventLoop.ensure_window()

from kivy.clock import Clock  # noqa: E402
from kivy.core.window import Window  # noqa: E402
from kivy.graphics import Color, Rectangle  # noqa: E402
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels  # noqa: E402
from kivy.uix.widget import Widget  # noqa: E402

PRESSED, RELEASED, BY_TOUCH = 0x401, 0x402, 0xFFFFFFFF
FINGER_DOWN, FINGER_UP = 0x700, 0x701
RED = bytes((255, 0, 0))


class RedPlace(Widget):
    """Counts the fingers on it, and those beside it."""

    hits = misses = 0

    def on_touch_down(self, touch):
        if self.collide_point(*touch.pos):
            RedPlace.hits += 1
        else:
            RedPlace.misses += 1
        return True


def middle_of_the_red():
    """Return where on the screen, from its left and its top, the button is seen: shares of its width and height."""
    width, height = map(int, Window.system_size)
    Window.dispatch("on_draw")
    pixels = glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)
    red = [at for at in range(width * height) if pixels[3 * at : 3 * at + 3] == RED]
    columns, rows = [at % width for at in red], [at // width for at in red]
    return sum(columns) / len(red) / width, 1 - sum(rows) / len(red) / height


def mouse(kind, x, y):
    """Return what SDL makes of a finger on a desktop: a mouse button, at a pixel of the screen."""
    width, height = Window.system_size
    return struct.pack("=IIIIBBBxii", kind, 0, 1, BY_TOUCH, 1, kind == PRESSED, 1, int(x * width), int(y * height))


def finger(kind, x, y):
    """Return what SDL tells of a finger without a desktop: a place in shares of the panel."""
    return struct.pack("=IIqqfffffI", kind, 0, 1, 1, x, y, 0.0, 0.0, 1.0, 0)


button = RedPlace(size_hint=(None, None), size=(60, 40), pos=(20, 30))
with button.canvas:
    Color(1, 0, 0)
    Rectangle(pos=button.pos, size=button.size)
Window.add_widget(button)


def story():
    """Touch the button as it is seen; each `yield` waits for a frame."""
    yield from range(5)
    place = middle_of_the_red()
    without_desktop = [finger(FINGER_DOWN, *place), finger(FINGER_UP, *place)]
    for event in without_desktop if screen == "kms" else [mouse(PRESSED, *place), mouse(RELEASED, *place)]:
        sdl().SDL_PushEvent(ctypes.create_string_buffer(event, 128))
        yield from range(5)
    print(*map(int, Window.size), RedPlace.hits, RedPlace.misses)
    stopTouchApp()
    yield


if screen == "kms":
    hear_fingers(sdl())
frames = story()
Clock.schedule_interval(lambda _dt: next(frames) and None, 0)
runTouchApp()

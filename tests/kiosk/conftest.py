"""A real kiosk screen in a real window, drawn offscreen."""

import time
from contextlib import contextmanager

import pytest

from tests.offscreen import offscreen_window

PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)


class GlassDriver:
    """Shows views on the glass, touches it, and reads what a resident could read."""

    def __init__(self, window, stage):
        self.window = window
        self.stage = stage
        self.tapped = []
        stage.bind(on_tap=lambda _, name: self.tapped.append(name))

    def frames(self, count=4):
        from kivy.base import EventLoop

        for _ in range(count):
            EventLoop.idle()

    def until(self, condition, timeout_s=8.0):
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            self.frames(1)
            if condition():
                return True
            time.sleep(0.005)
        return False

    def resize(self, size):
        self.window.size = size
        assert self.until(lambda: tuple(self.stage.size) == size)

    def show(self, view):
        """Show a view and lay it out; drawing it takes far longer and comes with the next frame."""
        from kivy.clock import Clock
        from kivy.lang import Builder

        self.stage.show(view)
        for _ in range(4):
            Clock.tick()
            Builder.sync()
            Clock.tick_draw()
            Builder.sync()

    def seen(self, kind):
        """Every visible widget of a kind that holds anything."""

        def walk(widget):
            if widget.opacity:
                yield widget
                for child in widget.children:
                    yield from walk(child)

        return [widget for widget in walk(self.stage) if isinstance(widget, kind)]

    def touch(self, name):
        """Put a finger on what is called `name`; `lift` it to tap."""
        from kiosk.rehearsal.fingers import named

        widget = named(self.stage, name)
        x, y = widget.to_window(*widget.center)
        return self.finger_at(x / self.window.width, y / self.window.height)

    def finger_at(self, x, y):
        """Put a finger on a place of the glass, in fractions of its width and height."""
        from kivy.base import EventLoop

        from kiosk.rehearsal.fingers import Finger

        finger = Finger(x, y)
        EventLoop.post_dispatch_input("begin", finger)
        self.frames()
        return finger

    def lift(self, finger):
        from kivy.base import EventLoop

        EventLoop.post_dispatch_input("end", finger)
        self.frames()

    def tap(self, name):
        self.lift(self.touch(name))


@pytest.fixture(scope="session")
def kiosk_window():
    return offscreen_window()


@contextmanager
def panels(window):
    """Give a way to put up a panel of so many pixels and millimetres; the one before is taken down."""
    from kiosk.screens.stage import Stage

    drivers = []

    def put_up(size=PORTRAIT, long_mm=531.0):
        for driver in drivers:
            window.remove_widget(driver.stage)
        drivers[:] = [GlassDriver(window, Stage(long_mm))]
        window.add_widget(drivers[0].stage)
        drivers[0].resize(size)
        return drivers[0]

    yield put_up
    for driver in drivers:
        window.remove_widget(driver.stage)
        driver.frames(2)


@pytest.fixture
def glass_of(kiosk_window):
    with panels(kiosk_window) as put_up:
        yield put_up


@pytest.fixture
def glass(kiosk_window):
    with panels(kiosk_window) as put_up:
        yield put_up()

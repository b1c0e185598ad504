"""A real wall in a real window, drawn offscreen."""

import time

import pytest

from tests.offscreen import offscreen_window


class WallDriver:
    """Shows views on the wall and reads what a person in the hall could read."""

    def __init__(self, window, wall):
        self.window = window
        self.wall = wall
        self.flips = 0

    def frames(self, count=6):
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

    def show(self, view):
        self.wall.show(view)
        self.frames()

    def resize(self, width, height):
        self.window.size = (width, height)
        assert self.until(lambda: tuple(self.wall.size) == (width, height))
        self.frames()

    def labels(self):
        """Every label that carries words and can be seen."""
        from display.screens.fitted import WallLabel

        def seen(widget):
            if widget.opacity:
                yield widget
                for child in widget.children:
                    yield from seen(child)

        return [label for label in seen(self.wall) if isinstance(label, WallLabel) and label.text]

    def words(self):
        return [label.text for label in self.labels()]

    def label(self, words):
        return next(label for label in self.labels() if label.text == words)

    def picture(self, path):
        from PIL import Image

        self.wall.export_to_png(str(path))
        with Image.open(path) as image:
            return image.convert("RGB")


@pytest.fixture(scope="session")
def window():
    return offscreen_window()


@pytest.fixture
def wall(window):
    from display.phrases import phrases
    from display.screens.wall import Wall

    driver = WallDriver(window, Wall(phrases("pl")))

    def count(*_):
        driver.flips += 1

    window.bind(on_flip=count)
    window.add_widget(driver.wall)
    driver.resize(1920, 1080)
    yield driver
    window.unbind(on_flip=count)
    window.remove_widget(driver.wall)
    driver.frames(2)

"""A real wall in a real window, drawn offscreen."""

import time

import pytest

from tests.offscreen import offscreen_window

# So long that no page turns by itself in a test, nor in a program whose pictures are compared.
PAGE_S = 3600
# A 4K screen looks the same in so few pixels, which are drawn sooner.
LYING, STANDING = (960, 540), (540, 960)


class WallDriver:
    """Shows views on the wall and reads what a person in the hall could read."""

    def __init__(self, window):
        self.window = window
        self.wall = None
        self.flips = 0

    def hang(self, language="pl", **look):
        """Hang a wall of this theme, for readers at this distance, in place of the one before."""
        from display.phrases import phrases
        from display.screens.wall import Wall

        self.take_down()
        self.wall = Wall(phrases(language), page_s=PAGE_S, **look)
        self.window.add_widget(self.wall)
        self.settle()

    def take_down(self):
        from display.screens.called import WallCalled

        if self.wall is not None:
            for called in self.seen(WallCalled):
                called.new = False  # its frame would beat on
            self.window.remove_widget(self.wall)

    def frames(self, count=8):
        from kivy.base import EventLoop

        for _ in range(count):
            EventLoop.idle()

    def settle(self, count=8):
        """Let everything find its place and its words, undrawn: drawing is what takes time here."""
        from kivy.clock import Clock

        for _ in range(count):
            Clock.tick()

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
        self.settle()

    def resize(self, width, height):
        self.window.size = (width, height)
        assert self.until(lambda: tuple(self.wall.size) == (width, height))
        self.settle()

    def turn(self, beat):
        """Turn every list of several pages to its page of this beat."""
        self.wall.beat = beat
        self.settle(3)

    def seen(self, kind=None):
        """Every widget of a kind, labels if none is named, that can be seen."""
        from display.screens.fitted import WallLabel

        def seen(widget):
            if widget.opacity:
                yield widget
                for child in widget.children:
                    yield from seen(child)

        return [widget for widget in seen(self.wall) if isinstance(widget, kind or WallLabel)]

    def labels(self):
        """Every label that carries words and can be seen."""
        return [label for label in self.seen() if label.text]

    def words(self):
        return [label.text.replace("\n", " ") for label in self.labels()]

    def matters(self):
        """The names of the matters as they can be read while the pages turn, those of several pages joined to one."""
        from display.screens.queues import WallQueue

        parts = []
        for beat in range(len(self.wall._board._queues._pages)):
            self.turn(beat)
            parts += [row.name for row in reversed(self.seen(WallQueue))]
        return "\n".join(parts).replace("…\n… ", " ").replace("- ", "").split("\n")

    def label(self, words):
        return next(label for label in self.labels() if label.text.replace("\n", " ") == words)

    def picture(self, path):
        from PIL import Image

        self.frames(3)
        self.wall.export_to_png(str(path))
        with Image.open(path) as image:
            return image.convert("RGB")


@pytest.fixture(scope="session")
def window():
    return offscreen_window()


@pytest.fixture
def wall(window):
    driver = WallDriver(window)

    def count(*_):
        driver.flips += 1

    window.bind(on_flip=count)
    driver.hang()
    driver.resize(*LYING)
    yield driver
    window.unbind(on_flip=count)
    driver.take_down()
    driver.frames(2)

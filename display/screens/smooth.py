"""More frames a second while something moves, and only then: a wall at rest looks for news ten times a second."""

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.uix.widget import Widget

MOVING_FRAMES_A_SECOND = 30


class Frames:
    """Counts what moves; Kivy's clock is told through its only, private, knob."""

    def __init__(self) -> None:
        self._moving = 0
        self._at_rest = 0.0

    def more(self) -> None:
        """Draw more: something begins to move."""
        if not self._moving:
            self._at_rest = Clock._max_fps  # noqa: SLF001
        self._moving += 1
        if self._at_rest:  # 0: as many as there can be
            Clock._max_fps = max(MOVING_FRAMES_A_SECOND, self._at_rest)  # noqa: SLF001

    def fewer(self) -> None:
        """Draw as few as before, unless something else moves."""
        self._moving -= 1
        if not self._moving:
            Clock._max_fps = self._at_rest  # noqa: SLF001


frames = Frames()


def smoothly(animation: Animation, widget: Widget) -> None:
    """Run an animation of a widget from where it is; one that still runs is at its end."""
    Animation.stop_all(widget)
    frames.more()
    animation.bind(on_complete=lambda *_: frames.fewer())
    animation.start(widget)

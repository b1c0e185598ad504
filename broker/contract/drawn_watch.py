"""The screens' part of the watchdog: Kivy's own clock says that the loop turns, and its window that something is drawn.

Kivy's window and clock come as arguments: what every program imports must not need Kivy.
"""

from collections.abc import Callable
from typing import Any

from .sd_notify import Systemd

TURN_S = 0.5


def watch_drawing(app: Any, window: Any, clock: Any, systemd: Systemd, words: Callable[[], str]) -> None:  # noqa: ANN401
    """Tell systemd that `app` is ready after its first frame, and from then on that Kivy's clock turns.

    A dark screen must not look healthy: a window that never draws is never ready.
    """

    def turn(_dt: float) -> None:
        systemd.turned(words)

    def first_flip(*_: object) -> None:
        window.unbind(on_flip=first_flip)
        clock.schedule_once(turn, 0)  # after the flip that it is told of
        clock.schedule_interval(turn, TURN_S)

    window.bind(on_flip=first_flip)
    app.bind(on_stop=lambda *_: systemd.stopping())

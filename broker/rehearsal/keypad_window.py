"""Keypads to click on: a window that draws the reference serial keypad of each desk.

    python -m broker.rehearsal.keypad_window --desks 26,30

Each keypad hangs on a pseudo-terminal of its own; the window prints where (`desk 26 at /tmp/...`), for `[serial] port`.
This is the only module of the broker that needs Kivy.
"""

import argparse
import contextlib
import logging
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .keypad import Keypad

if TYPE_CHECKING:
    from kivy.uix.widget import Widget

LAYOUT = Path(__file__).with_suffix(".kv")
FRAMES_A_SECOND = 30
DRAWN_FOR = (1130, 390)  # pixels of the window in which one dp of the layout is one pixel


def main(argv: Sequence[str] | None = None) -> int:
    """Show the keypads until the window is closed."""
    parser = argparse.ArgumentParser(prog="keypads", description="Keypads of desks, to click on.", allow_abbrev=False)
    parser.add_argument("--desks", default="26,30", help="the desks, like 26,30")
    parser.add_argument("--width", type=int, default=DRAWN_FOR[0], help="width of the window in pixels")
    parser.add_argument("--height", type=int, default=DRAWN_FOR[1], help="height of the window in pixels")
    options = parser.parse_args(argv)
    _prepare_kivy(options.width, options.height)
    with contextlib.ExitStack() as plugged_in:
        keypads = {desk: plugged_in.enter_context(Keypad()) for desk in options.desks.split(",")}
        _show(keypads)
    return 0


def _prepare_kivy(width: int, height: int) -> None:
    os.environ.setdefault("SDL_VIDEODRIVER", "x11")
    if "KIVY_HOME" not in os.environ:
        os.environ["KIVY_NO_CONFIG"] = "1"  # no file of Kivy's own that nobody would clear up
    os.environ.update(
        KIVY_WINDOW="sdl2",
        KIVY_NO_ARGS="1",
        KIVY_NO_FILELOG="1",
        KIVY_LOG_MODE="PYTHON",
        KIVY_METRICS_DENSITY=str(min(width / DRAWN_FOR[0], height / DRAWN_FOR[1])),
    )
    # Kivy looks for a touch library that a mouse does not need, and complains with a traceback.
    logging.getLogger("kivy").addFilter(lambda record: not record.getMessage().startswith("Input: MTDev"))
    from kivy.config import Config  # noqa: PLC0415 - not before the environment is set

    for key, value in {"width": width, "height": height, "maxfps": FRAMES_A_SECOND, "multisamples": 0}.items():
        Config.set("graphics", key, str(value))
    Config.set("kivy", "exit_on_escape", "0")
    for name, _ in Config.items("input"):
        Config.remove_option("input", name)
    Config.set("input", "mouse", "mouse,disable_multitouch")


def _show(keypads: dict[str, Keypad]) -> None:
    from kivy.app import App  # noqa: PLC0415 - Kivy has only now been told about its window
    from kivy.clock import Clock  # noqa: PLC0415
    from kivy.factory import Factory  # noqa: PLC0415
    from kivy.lang import Builder  # noqa: PLC0415

    class KeypadsApp(App):
        title = "Okienko"

        def build(self) -> "Widget":
            Builder.load_file(str(LAYOUT))
            row = Factory.KeypadRow()
            for desk, keypad in keypads.items():
                body = Factory.KeypadBody()
                body.desk, body.press = desk, keypad.press
                keypad.when_shown = lambda panel, body=body: Clock.schedule_once(
                    lambda _: setattr(body, "panel", list(panel)), 0
                )
                row.add_widget(body)
            return row

        def on_start(self) -> None:
            for desk, keypad in keypads.items():
                print(f"desk {desk} at {keypad.port}", flush=True)

    app = KeypadsApp()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: Clock.schedule_once(lambda _: app.stop(), 0))
    app.run()


if __name__ == "__main__":
    sys.exit(main())

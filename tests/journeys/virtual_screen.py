"""A real X server without a screen, and a finger on what it shows."""

import os
import subprocess
from contextlib import contextmanager

from broker.child import tied_to_parent


@contextmanager
def virtual_screen(width, height):
    """Run Xvfb on a display that is free; give the environment that leads to it."""
    read, write = os.pipe()
    server = subprocess.Popen(
        [
            *(*tied_to_parent(), "Xvfb", "-displayfd", str(write)),
            *("-nolisten", "tcp", "-screen", "0", f"{width}x{height}x24"),
        ],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            yield {"DISPLAY": f":{told.readline().strip()}", "SDL_VIDEODRIVER": "x11"}
    finally:
        server.terminate()
        server.wait()


def touch(environment, x, y):
    """Press and let go at a place of the screen."""
    words = ["xdotool", "mousemove", str(x), str(y), "click", "1"]
    subprocess.run(words, env=os.environ | environment, check=True, timeout=20)

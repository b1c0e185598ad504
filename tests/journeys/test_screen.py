"""Kiosk and wall on a screen that is not there, or not as it should be: the real programs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCREENS = pytest.mark.parametrize("package", ["kiosk", "display"])


def run(package, folder, environment, *options):
    """Run a program that ends by itself; return its status and what it complains of."""
    command = [sys.executable, "-m", package, "--width", "320", "--height", "240", "--state", str(folder), *options]
    clean = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(command, env=clean | environment, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stderr.splitlines()


@SCREENS
def test_a_program_whose_screen_is_missing_says_what_to_do_in_one_line_and_ends(package, tmp_path):
    status, said = run(package, tmp_path, {"SDL_VIDEODRIVER": "offscreen"}, "--screen", "desktop")
    assert status == 2
    (line,) = said
    assert line.startswith(f"okienko-{package}: no screen: SDL's driver x11 opens no window; DISPLAY is not set: ")


@SCREENS
@pytest.mark.skipif(Path("/dev/dri/card0").exists(), reason="this machine has a screen")
def test_without_a_desktop_the_screen_itself_is_forced_and_nothing_draws_in_the_dark(package, tmp_path):
    status, said = run(package, tmp_path, {"SDL_VIDEODRIVER": "offscreen"}, "--screen", "kms")
    assert status == 2
    assert len(said) == 1
    assert "SDL's driver KMSDRM opens no window; there is no /dev/dri/card0: is a graphics driver loaded" in said[0]


@SCREENS
def test_a_screen_that_is_none_is_a_mistake_in_the_settings(package, tmp_path):
    status, said = run(package, tmp_path, {}, "--screen", "beamer")
    assert status == 2
    assert "screen: 'beamer' should be one of kms, desktop, any" in said[0]

"""Which screen the kiosk draws on."""

import os
import subprocess
import sys

import pytest

from kiosk.kivy_environment import graphics, video_driver


@pytest.mark.parametrize(
    ("environment", "driver"),
    [
        ({"SDL_VIDEODRIVER": "offscreen", "DISPLAY": ":0"}, "offscreen"),
        ({"DISPLAY": ":0"}, "x11"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "x11"),
        ({}, "KMSDRM"),
    ],
)
def test_a_kiosk_never_draws_where_nobody_sees_it_unless_told_to(environment, driver):
    assert video_driver(environment) == driver


def test_no_size_means_the_whole_screen_without_a_pointer():
    assert graphics(0, 0, 90) | {"fullscreen": "auto", "show_cursor": "0", "rotation": "90"} == graphics(0, 0, 90)
    assert graphics(1080, 1920, 0)["fullscreen"] == "0"


def test_a_kiosk_that_is_killed_leaves_no_file_behind(tmp_path):
    program = "import os; from kiosk.kivy_environment import prepare_kivy; prepare_kivy(0, 0); os.kill(os.getpid(), 9)"
    environment = {name: value for name, value in os.environ.items() if name != "KIVY_HOME"}
    environment |= {"TMPDIR": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, check=False)
    assert done.returncode == -9
    assert list(tmp_path.iterdir()) == []

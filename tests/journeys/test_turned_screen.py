"""A screen that hangs on its side: the picture is turned by the settings, and a finger lands on what it points at."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.programs import SCREENLESS

SCRIPT = Path(__file__).with_name("turned_window.py")


@pytest.mark.parametrize(("rotation", "screen"), [(0, "kms"), (90, "kms"), (270, "kms"), (90, "desktop")])
def test_a_finger_lands_where_the_turned_kiosk_draws(rotation, screen):
    width, height, hits, misses = turned("kiosk", rotation, screen)
    assert (width, height) == ((320, 480) if rotation % 180 else (480, 320))
    assert (hits, misses) == (1, 0)


def test_a_wall_on_its_side_is_turned():
    assert turned("display", 90)[:2] == (320, 480)


def turned(package, rotation, screen="desktop"):
    done = subprocess.run(
        [sys.executable, str(SCRIPT), package, str(rotation), screen],
        env=os.environ | SCREENLESS | {"PYTHONPATH": "."},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return tuple(map(int, done.stdout.split()))

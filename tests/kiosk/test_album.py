"""One command draws every screen of the kiosk and every ticket, in every mode, size and language."""

import os
import re
import subprocess
import sys

import pytest
from PIL import Image

from kiosk.album import sample
from kiosk.album.command import SIZES, TICKETS
from kiosk.album.scenes import MODES, NOW, scenes
from kiosk.album.tickets import PAPERS
from kiosk.flow import screen
from kiosk.state import Timing
from kiosk.wording import SCREENS

LANGUAGES = {"pl", "en", "uk", "de"}


def album(*words):
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "SDL_VIDEODRIVER")}
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "album", *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def test_the_album_has_every_scene_every_ticket_and_a_page_that_shows_them(tmp_path):
    run = album(str(tmp_path), "--mode", "all", "--language", "uk", "--size", "1920x1080", "--size", TICKETS)
    assert run.returncode == 0, run.stderr
    taken = {path.name.removesuffix("-all-uk.png"): path for path in (tmp_path / "1920x1080").iterdir()}
    assert taken.keys() == scenes().keys()
    for path in taken.values():
        with Image.open(path) as picture:
            assert picture.size == (1920, 1080)
    assert len({path.read_bytes() for path in taken.values()}) == len(taken), "no two are alike"
    tickets = {path.name for path in (tmp_path / TICKETS).iterdir()}
    assert tickets == {f"{kind}-{paper}-uk.png" for kind in ("waiting", "called", "booked") for paper in PAPERS}
    shown = re.findall(r'src="([^"]+)"', (tmp_path / "index.html").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.png"))
    assert run.stdout.splitlines()[-1] == f"{tmp_path}/index.html"


def test_no_screen_of_the_kiosk_is_missing_from_the_album():
    assert {screen(state, NOW, Timing()) for state in scenes().values()} == set(SCREENS)


def test_the_album_is_of_every_mode_and_of_standing_and_lying_panels():
    assert {(modes.large, modes.contrast, modes.low) for modes in MODES.values()} == {
        (False, False, False),
        (True, False, False),
        (False, True, False),
        (False, False, True),
        (True, True, True),
    }
    assert {(size.width, size.height) for size in SIZES} == {(1080, 1920), (1920, 1080)}
    assert {"58mm", "80mm", "82.5mm"} <= PAPERS.keys()


def test_the_office_of_the_album_speaks_every_language():
    menu = sample.menu()
    names = [menu.office, *(each.name for each in (*menu.groups, *menu.categories, *menu.priorities))]
    assert all({code for code, words in name.items() if words} >= LANGUAGES for name in (*names, *sample.MESSAGES))
    assert len(menu.categories) == 18


@pytest.mark.parametrize(("words", "told"), [(["/proc/nowhere"], "FOLDER: /proc/nowhere: "), ([], "FOLDER")])
def test_the_album_goes_into_a_folder_and_nowhere_else(words, told):
    run = album(*words)
    assert run.returncode == 2
    assert told in run.stderr.splitlines()[-1]

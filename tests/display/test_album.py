"""One command draws every screen of the wall, in every theme, size and language, without a hall or a screen."""

import os
import subprocess
import sys
import tomllib

import pytest
from PIL import Image

from display.album import sample
from display.album.command import SIZES
from display.album.scenes import desk_scenes, hall_scenes
from display.settings import LOCALE
from display.themes import THEMES

LANGUAGES = sorted(path.stem for path in LOCALE.glob("*.po"))
SCENES = {"waiting", "no-link-yet", "greeting", "call", "board", "offline", "rest"}


def album(*words):
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "SDL_VIDEODRIVER")}
    return subprocess.run(
        [sys.executable, "-m", "display", "album", *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def test_the_album_has_every_scene_in_the_size_of_its_screen(tmp_path):
    wanted = ("wall-1080x1920-3m", "desk-1280x800-2m")
    run = album(str(tmp_path), "--theme", "dark", "--language", "uk", "--size", wanted[0], "--size", wanted[1])
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [f"{tmp_path}/{wanted[0]}: 7 pictures", f"{tmp_path}/{wanted[1]}: 6 pictures"]
    taken = {path.name.removesuffix("-dark-uk.png"): path for path in (tmp_path / wanted[0]).iterdir()}
    assert taken.keys() == SCENES
    ground = Image.new("RGB", (1, 1), THEMES["dark"].header).getpixel((0, 0))
    for path in taken.values():
        with Image.open(path) as picture:
            assert picture.size == (1080, 1920)
            assert picture.convert("RGB").getpixel((5, 5)) == ground
    assert len({path.read_bytes() for path in taken.values()}) == len(SCENES), "no two are alike"


def test_the_album_goes_into_a_folder_and_nowhere_else():
    run = album("/proc/nowhere")
    assert run.returncode == 2
    assert run.stderr.startswith("okienko-display album: FOLDER: /proc/nowhere: ")
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_sample_is_there_in_every_language_of_the_wall(language):
    def texts(value):
        if isinstance(value, dict) and value.keys() & set(LANGUAGES):
            yield value
        elif isinstance(value, (dict, list)):
            for each in value.values() if isinstance(value, dict) else value:
                yield from texts(each)

    found = list(texts(tomllib.loads(sample.FILE.read_text(encoding="utf-8"))))
    assert len(found) >= 10
    assert all(text.get(language) for text in found)
    assert hall_scenes(language).keys() == SCENES
    assert desk_scenes(language)["called"].new


def test_the_album_is_of_landscape_and_portrait_of_1080p_and_4k_and_of_a_desk():
    assert {(size.width, size.height) for size in SIZES} == {(1920, 1080), (1080, 1920), (3840, 2160), (1280, 800)}
    assert {size.reading.distance_m for size in SIZES} >= {3, 5}

"""What is on beside the calls: messages that stand, turn or move, and pictures while nobody is called."""

import itertools

import pytest
from kivy.core.window import Window
from PIL import Image

from broker.contract.settings import read_settings
from display.arrangement import arrangement
from display.media import following, shown_files
from display.programme import Programme
from display.reading import CAPITAL, Reading
from display.settings import DEFAULTS, Settings
from display.themes import LIGHT
from tests.builders import NOON
from tests.display.conftest import LYING, STANDING
from tests.display.test_readable import least_mm
from tests.display.views import on_air, settled, twelve

MESSAGES = ("W piątek kasa czynna do 13:00.", "Wnioski o dowód osobisty także przez internet.")
NEAR = Reading(3)


@pytest.fixture
def folder(tmp_path):
    media = tmp_path / "media"
    media.mkdir()
    for name, colour in (("b.png", "green"), ("a.jpg", "red")):
        Image.new("RGB", (160, 90), colour).save(media / name)
    (media / "film.mp4").write_bytes(b"no film at all")
    (media / "notes.txt").write_text("no picture")
    (media / ".hidden.png").write_bytes((media / "b.png").read_bytes())
    return media


def names(paths):
    return [path.name for path in paths]


def settings(tmp_path, **words):
    config = tmp_path / "display.toml"
    config.write_text("\n".join(f"{key} = {value}" for key, value in words.items()), encoding="utf-8")
    return read_settings(Settings, DEFAULTS, "okienko-display", ["--config", str(config)])


# -- the folder ------------------------------------------------------------------------------------------------


def test_pictures_are_shown_by_their_names_and_films_where_they_can_be_played(folder):
    assert names(shown_files(folder, films=False)) == ["a.jpg", "b.png"]
    assert names(shown_files(folder, films=True)) == ["a.jpg", "b.png", "film.mp4"]
    assert shown_files(folder / "missing", films=True) == []


def test_after_the_last_comes_the_first_and_one_that_was_taken_away_is_no_obstacle(folder):
    files = shown_files(folder, films=True)
    assert names([following(files, None), following(files, files[0]), following(files, files[-1])]) == [
        "a.jpg",
        "b.png",
        "a.jpg",
    ]
    (folder / "b.png").unlink()
    assert following(shown_files(folder, films=True), files[1]).name == "film.mp4"
    assert following([], files[0]) is None


# -- the settings ----------------------------------------------------------------------------------------------


def test_messages_stand_in_the_language_of_the_screen_or_in_their_first(tmp_path):
    said = '["Dzień dobry", { pl = "Kasa", en = "Cash desk" }, { uk = "Каса" }]'
    assert settings(tmp_path, messages=said, language='"en"').programme.messages == ("Dzień dobry", "Cash desk", "Каса")
    assert settings(tmp_path, messages=said, ticker='"off"').programme.messages == ()
    assert settings(tmp_path, messages=said).programme.moving is False
    assert settings(tmp_path, messages=said, ticker='"moving"').programme.moving


# -- what has room ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [LYING, STANDING, (3840, 2160)])
def test_media_take_no_room_that_a_called_resident_needs(size):
    for metres, inches in itertools.product((1, 2, 3, 5, 7, 10), (32, 55, 98)):
        smallest = Reading(metres, inches).smallest_font(*size)
        plain, shared = (arrangement(LIGHT, *size, smallest, media=media) for media in (False, True))
        if shared.media == "none":
            assert shared == plain
            continue
        board = shared.look
        assert board.caption_height
        assert board.rows
        assert board.newest_height + board.header_height + board.row_height <= shared.height
        assert shared.media_width >= 0.3 * size[0]


# -- in the window ---------------------------------------------------------------------------------------------


def rests(wall, folder, size=LYING, reading=NEAR, **programme):
    wall.hang(reading=reading, programme=Programme(media=folder, media_after_s=0.05, **programme))
    wall.resize(*size)
    wall.show(settled(*twelve()))
    return wall.until(lambda: wall.wall._media.playing)


@pytest.mark.parametrize("size", [LYING, STANDING])
@pytest.mark.parametrize("reading", [NEAR, Reading()])
def test_while_nobody_is_called_pictures_take_a_part_of_the_wall_and_a_call_takes_it_back(wall, folder, size, reading):
    assert rests(wall, folder, size, reading, messages=MESSAGES)
    wall.settle()
    assert {"D017", "Stanowisko", "26", "A003"} <= set(wall.words())
    for label in wall.labels():
        millimetres = label.font_size * CAPITAL * reading.mm_a_pixel(*size)
        assert millimetres >= least_mm(label, reading) - 0.01, label.text
    wall.show(on_air(*twelve(), announced=11))
    assert not wall.wall._media.playing
    assert wall.wall._board.width == size[0]
    assert wall.label("D017").font_size > 1.9 * wall.wall.look.smallest


def test_pictures_follow_each_other_and_a_spoilt_one_is_passed_over(wall, folder):
    (folder / "a1.png").write_bytes(b"no picture at all")
    assert rests(wall, folder)
    media, shown = wall.wall._media, []
    for _ in range(3):
        shown.append(media.children[0].source.rpartition("/")[2])
        media._next()
    assert shown == ["a.jpg", "b.png", "a.jpg"]


def test_without_a_folder_or_with_an_empty_one_the_wall_stays_as_it_is(wall, folder, tmp_path):
    for path in folder.iterdir():
        path.unlink()
    for nothing in (None, folder, tmp_path / "missing"):
        wall.hang(reading=NEAR, programme=Programme(media=nothing, media_after_s=0.01))
        wall.show(settled(*twelve()))
        wall.wall._show_media(0)
        assert not wall.wall._media.playing
    Image.new("RGB", (160, 90), "red").save(folder / "a.png")
    assert rests(wall, folder), "a picture that is put there is shown"


def test_messages_stand_on_a_strip_and_turn(wall):
    wall.hang(reading=NEAR, programme=Programme(messages=MESSAGES))
    wall.show(settled(*twelve()))
    assert MESSAGES[0] in wall.words()
    wall.turn(1)
    assert MESSAGES[1] in wall.words()
    wall.frames(10)
    flips = wall.flips
    wall.frames(10)
    assert wall.flips == flips, "it stands still"


def test_moving_messages_move_slowly_stop_for_a_call_and_can_be_paused(wall):
    wall.hang(reading=NEAR, programme=Programme(messages=MESSAGES, moving=True))
    wall.show(settled(*twelve()))
    ticker = wall.wall._ticker
    band = ticker.ids.band
    start = band.children[-1].x
    assert wall.until(lambda: band.children[-1].x < start)
    assert "".join(label.text for label in reversed(band.children)).split("   •   ")[:2] == [f"{m} " for m in MESSAGES]
    wall.show(on_air(*twelve(), announced=11))
    assert not band.running
    wall.show(settled(*twelve()))
    assert band.running
    wall.wall.pause_or_go_on()
    assert not band.running
    wall.settle()
    assert MESSAGES[0] in wall.words(), "the words stand, page by page"
    wall.wall.pause_or_go_on()
    assert band.running


def test_the_space_bar_pauses_what_moves(wall, tmp_path):
    from display.hung import hung

    hall = hung(settings(tmp_path, messages='["Kasa"]', ticker='"moving"'))
    Window.dispatch("on_key_down", 32, 44, " ", [])
    assert hall.widget._ticker.paused
    Window.dispatch("on_key_down", 97, 4, "a", [])
    assert hall.widget._ticker.paused
    Window.dispatch("on_key_down", 32, 44, " ", [])
    assert not hall.widget._ticker.paused
    Window.unbind(on_key_down=hall._pressed)


def test_a_film_is_played_mute_where_there_is_a_player_and_gives_way_when_it_ends(wall, folder, monkeypatch):
    monkeypatch.setattr("display.screens.media.films_can_be_played", lambda: True)
    for name in ("a.jpg", "b.png"):
        (folder / name).unlink()
    assert rests(wall, folder)
    film = wall.wall._media.children[0]
    assert (film.source, film.volume, film.state) == (str(folder / "film.mp4"), 0, "play")
    Image.new("RGB", (160, 90), "red").save(folder / "z.png")
    film.eos = True
    assert wall.until(lambda: wall.wall._media.children[0].source.endswith("z.png"))


def test_a_wall_with_messages_and_no_call_yet_greets(wall):
    wall.hang(programme=Programme(messages=MESSAGES))
    wall.wall.tell_time(NOON)
    wall.show(settled(waiting=0))
    assert {"Dzień dobry!", "Pobierz bilet."} <= set(wall.words())

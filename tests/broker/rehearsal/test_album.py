"""Which pictures of a rehearsal are kept."""

import pytest

from broker.rehearsal.album import Album, kiosk_name, wall_names


def test_a_picture_of_the_kiosk_is_named_after_language_and_screen():
    assert kiosk_name("thanks", "uk") == "kiosk-ukrainian-number.png"
    assert kiosk_name("waiting", "pl") is None


def test_pictures_of_the_wall_are_kept_at_the_moments_that_tell_its_story():
    assert wall_names(announced=0, waiting=0, most_waiting=0) == []
    assert wall_names(announced=0, waiting=2, most_waiting=0) == ["wall-1-people-wait.png"]
    assert "wall-2-first-call.png" in wall_names(announced=1, waiting=2, most_waiting=0)
    assert "wall-3-full.png" in wall_names(announced=9, waiting=4, most_waiting=3)
    assert wall_names(announced=9, waiting=2, most_waiting=3) == ["wall-4-last-call.png"]


@pytest.fixture
def album(tmp_path):
    for name in ("kiosk", "wall", "kept"):
        (tmp_path / name).mkdir()
    return Album(tmp_path / "kiosk", tmp_path / "wall", tmp_path / "kept")


def test_the_last_picture_of_the_first_visit_is_kept(album, tmp_path):
    def taken(name):
        (tmp_path / "kiosk" / name).write_text(name)
        (picture,) = album.new_kiosk()
        return picture

    assert album.keep_kiosk(taken("001-start.png"), 1, "uk") == "start"
    album.keep_kiosk(taken("002-start.png"), 1, "uk")
    album.keep_kiosk(taken("003-start.png"), 2, "uk")
    assert (tmp_path / "kept" / "kiosk-ukrainian-start.png").read_text() == "002-start.png"
    assert album.new_kiosk() == []


def test_the_fullest_wall_is_kept(album, tmp_path):
    for number, waiting in enumerate((3, 7, 5)):
        (tmp_path / "wall" / f"{number}.png").write_text(str(waiting))
        for picture in album.new_wall():
            album.keep_wall(picture, announced=10, waiting=waiting)
    assert (tmp_path / "kept" / "wall-3-full.png").read_text() == "7"
    assert (tmp_path / "kept" / "wall-4-last-call.png").read_text() == "5"


def test_half_a_picture_is_not_looked_at(album, tmp_path):
    (tmp_path / "wall" / ".001-board.png").touch()
    (tmp_path / "kiosk" / "001-start.png.part").touch()
    assert album.new_wall() == album.new_kiosk() == []

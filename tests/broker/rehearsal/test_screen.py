"""Windows or a virtual screen."""

from broker.rehearsal.screen import windows_wanted
from broker.rehearsal.window_place import KEYPADS, KIOSK, WALL, fitted


def test_what_was_asked_for_is_done():
    assert windows_wanted("yes", {})
    assert not windows_wanted("no", {"DISPLAY": ":0"})


def test_a_screen_that_is_gone_is_no_screen():
    assert not windows_wanted("auto", {})
    assert not windows_wanted("auto", {"DISPLAY": ":4711"})


def test_the_windows_stand_side_by_side_on_large_and_small_screens():
    for width, height in ((3840, 2160), (1920, 1080), (1366, 768), (1280, 1024)):
        kiosk, wall, keypads = (fitted(place, (width, height)) for place in (KIOSK, WALL, KEYPADS))
        assert kiosk.left + kiosk.width < wall.left == keypads.left
        assert wall.top + wall.height < keypads.top
        assert max(place.left + place.width for place in (kiosk, wall, keypads)) < width
        assert max(place.top + place.height for place in (kiosk, wall, keypads)) < height

"""The sign of the hall's induction loop on the wall."""

import pytest
from kivy.utils import rgba
from msgspec.structs import replace

from display.announcements import Announcements, BoardHeard, after
from display.screens.loop import WallLoop
from display.themes import THEMES
from display.view import view
from tests.builders import NOON, board
from tests.display.conftest import LYING, STANDING
from tests.display.contrast import contrast, ground_under
from tests.display.views import settled, twelve


def test_the_sign_follows_what_the_board_says():
    for loop in (True, False):
        state, _ = after(Announcements(), BoardHeard(replace(board(), hearing_loop=loop), NOON))
        assert view(state, "pl", offline=False).hearing_loop is loop


@pytest.mark.parametrize("theme", THEMES.values())
@pytest.mark.parametrize("size", [LYING, STANDING])
def test_the_sign_stands_in_the_heading_beside_all_else(wall, tmp_path, theme, size):
    wall.hang(theme=theme)
    wall.resize(*size)
    wall.wall.tell_time(NOON)
    wall.show(settled(*twelve()))
    words = set(wall.words())
    assert not wall.seen(WallLoop)
    wall.show(replace(settled(*twelve(), offline=True), hearing_loop=True))
    (sign,) = wall.seen(WallLoop)
    assert words <= set(wall.words()), "the office's name and the time are still there"
    assert contrast(rgba(theme.header_ink)[:3], ground_under(sign, wall.picture(tmp_path / "wall.png"))) >= 4.5
    for label in wall.labels():
        assert label.right <= sign.x or label.x >= sign.right or label.top <= sign.y or label.y >= sign.top

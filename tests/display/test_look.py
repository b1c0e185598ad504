"""What has room on a wall, from a screen over one desk to the wall of a hall."""

import itertools

import pytest

from display.look import look
from display.reading import Reading
from display.themes import LIGHT

SCREENS = [(1920, 1080), (3840, 2160), (1080, 1920), (2160, 3840), (1280, 800), (800, 480)]
FROM_M = [0.5, 1, 2, 3, 4, 5, 7, 10, 20]
FONTS = ("clock", "title", "caption", "heading", "row", "queue", "ticker")


def looks():
    for (width, height), metres in itertools.product(SCREENS, FROM_M):
        smallest = Reading(metres).smallest_font(width, height)
        yield look(LIGHT, width, height, smallest), width, height


def test_no_font_is_ever_smaller_than_can_be_read():
    for shown, _, _ in looks():
        assert min(getattr(shown, font) for font in FONTS) >= shown.smallest


def test_all_that_is_on_a_wall_has_room_there():
    for shown, width, height in looks():
        lower = shown.heading_height + shown.rows * shown.row_height + (0 if shown.beside else shown.queue_height)
        needed = shown.header_height + shown.newest_height + (lower + 2 * shown.pad if shown.rows else 0)
        assert needed <= height + 1, (width, height, shown)


def test_a_wall_read_from_afar_loses_the_least_important_first():
    shown = [look(LIGHT, 1920, 1080, Reading(metres).smallest_font(1920, 1080)) for metres in (2, 3, 5, 7, 10, 20)]
    for part in ("heading_height", "queue_height", "rows", "caption_height", "header_height"):
        has = [bool(getattr(each, part)) for each in shown]
        assert has == sorted(has, reverse=True), part
    assert [bool(each.heading_height) for each in shown] == [True, True, False, False, False, False]
    assert shown[2].rows >= 2
    assert shown[2].queue_height
    assert shown[-1].newest_height == 1080, "the newest call is all that is left"


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_twice_the_pixels_make_the_same_wall(size):
    width, height = size
    small = look(LIGHT, width, height, Reading().smallest_font(width, height))
    large = look(LIGHT, 2 * width, 2 * height, Reading().smallest_font(2 * width, 2 * height))
    for name in small.__struct_fields__:
        one, two = getattr(small, name), getattr(large, name)
        assert two == (pytest.approx(2 * one) if isinstance(one, float) else one), name

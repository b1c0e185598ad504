"""How large letters must be, and that the typeface is measured right."""

import pytest

from display.reading import CAPITAL, Reading, smallest_capital_mm


@pytest.mark.parametrize(("distance_m", "mm"), [(5, 61), (10, 122), (0.6, 7.3)])
def test_a_capital_is_seven_tenths_of_a_degree_high(distance_m, mm):
    assert smallest_capital_mm(distance_m) == pytest.approx(mm, abs=0.25)


def test_the_pixels_of_a_screen_follow_from_its_diagonal_or_from_its_height():
    assert Reading(diagonal_inches=55).mm_a_pixel(1920, 1080) == pytest.approx(1217.6 / 1920, abs=0.001)
    assert Reading(height_mm=540).mm_a_pixel(1920, 1080) == 0.5


def test_the_same_screen_with_more_pixels_needs_fonts_of_more_pixels():
    reading = Reading(5, 55)
    assert reading.smallest_font(3840, 2160) == pytest.approx(2 * reading.smallest_font(1920, 1080))


@pytest.mark.parametrize("bold", [False, True])
def test_a_capital_of_the_typeface_is_as_high_as_we_reckon(window, bold):
    from kivy.core.text import Label

    label = Label(text="H", font_size=200, bold=bold)
    label.refresh()
    ink = [any(row[3::4]) for row in _rows(label.texture)]
    assert sum(ink) / 200 == pytest.approx(CAPITAL, abs=0.01)


def _rows(texture):
    length = 4 * texture.width
    return [texture.pixels[at : at + length] for at in range(0, length * texture.height, length)]

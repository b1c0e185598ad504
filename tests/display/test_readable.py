"""Whether people can read the wall from where they stand: computed from the widgets as they are on the window."""

import itertools

import pytest
from kivy.utils import rgba

from display.programme import Programme
from display.reading import CAPITAL, Reading, smallest_capital_mm
from display.themes import THEMES
from display.view import View
from tests.builders import NOON
from tests.display.conftest import LYING, STANDING
from tests.display.contrast import contrast, ground_under
from tests.display.views import on_air, settled, twelve

MESSAGE = "Kasa: do 13:00"
READINGS = [Reading(5, 55), Reading(3, 43), Reading(10, 98), Reading(2, 55), Reading(10, 55), Reading(2, 10.1)]
SCREENS = [*itertools.product([LYING, STANDING], READINGS), ((1920, 1080), Reading()), ((2160, 3840), Reading())]
OFFICE = "Urząd Miejski w Dąbrowie Górniczej"
# What may be smaller, by this share, rather than cut short: the name of the office, and where the calls before the
# newest went if the screen is too small for its distance.
NAME, PLACE, TOO_FAR_M = 0.27, 0.45, 10
VIEWS = {
    "unknown": View(),
    "empty": settled(waiting=0),
    "calm": settled(*twelve(), offline=True),
    "new": on_air(*twelve(), announced=8),
}


def shown(wall, size, **look):
    """Show every view, one after the other."""
    wall.hang(**look)
    wall.resize(*size)
    wall.wall.tell_time(NOON)
    for name, view in VIEWS.items():
        wall.show(view)
        yield name


@pytest.mark.parametrize(("size", "reading"), SCREENS)
def test_every_capital_on_the_wall_is_large_enough_for_its_readers(wall, size, reading):
    for name in shown(wall, size, reading=reading):
        assert wall.labels()
        for label in wall.labels():
            millimetres = label.font_size * CAPITAL * reading.mm_a_pixel(*size)
            assert millimetres >= least_mm(label, reading) - 0.01, (name, label.text)


def least_mm(label, reading):
    place = reading.distance_m >= TOO_FAR_M and label.words.startswith("Stanowisko ")
    return smallest_capital_mm(reading.distance_m) * (NAME if label.words == OFFICE else PLACE if place else 1)


@pytest.mark.parametrize(("size", "reading"), SCREENS)
def test_the_name_of_the_office_is_whole_wherever_there_is_a_header(wall, size, reading):
    wall.hang(reading=reading)
    wall.resize(*size)
    wall.show(settled(*twelve(), offline=True))
    wall.wall.tell_time(NOON)
    wall.turn(0)
    names = [label for label in wall.labels() if label.words == OFFICE]
    assert len(names) == bool(wall.wall.look.header_height)
    for name in names:
        assert name.text.split() == OFFICE.split(), "no word is cut or broken"
        left, bottom, right, top = ink(name)
        assert 0 <= left < right <= name.right + 1
        assert size[1] - wall.wall.look.header_height <= bottom < top <= size[1]


@pytest.mark.parametrize("size", [LYING, STANDING])
@pytest.mark.parametrize("reading", READINGS)
def test_no_word_is_cut_or_drawn_over_another(wall, size, reading):
    for name in shown(wall, size, reading=reading):
        boxes = [(label.text, ink(label)) for label in wall.labels()]
        for text, (left, bottom, right, top) in boxes:
            assert min(left, bottom) >= -1, (name, text)
            assert right <= size[0] + 1, (name, text)
            assert top <= size[1] + 1, (name, text)
        for (one, box), (other, another) in itertools.combinations(boxes, 2):
            assert not overlap(box, another), (name, one, other)


def ink(label):
    """Return where the capitals of a label stand: left, bottom, right, top."""
    from display.screens.measure import line_width

    height = label.texture_size[1]
    width = max(line_width(line, label.font_size, bold=label.bold) for line in label.text.split("\n"))
    left = {"left": label.x, "right": label.right - width}.get(label.halign, label.center_x - width / 2)
    # Above the capitals of the first line there is room for accents, under the last line for descenders.
    return (
        left,
        label.center_y - height / 2 + 0.24 * label.font_size,
        left + width,
        label.center_y + height / 2 - 0.21 * label.font_size,
    )


def overlap(one, other):
    return one[0] + 3 < other[2] and other[0] + 3 < one[2] and one[1] + 1 < other[3] and other[1] + 1 < one[3]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("reading", [Reading(), Reading(1.5)])
def test_words_and_signs_stand_out_from_what_they_stand_on(wall, tmp_path, theme, reading):
    from display.screens.newest import WallArrow, WallNewest
    from display.screens.offline import WallOffline
    from display.screens.queues import WallPerson

    messages = Programme(messages=(MESSAGE,))
    for name in shown(wall, LYING, theme=THEMES[theme], reading=reading, programme=messages):
        assert name == "unknown" or MESSAGE in wall.words(), "on its strip"
        picture = wall.picture(tmp_path / f"{name}.png")
        for label in wall.labels():
            assert contrast(label.color[:3], ground_under(label, picture)) >= 4.5, (name, label.text)
        for sign in wall.seen((WallArrow, WallPerson)):
            assert contrast(rgba(sign.colour)[:3], ground_under(sign, picture)) >= 3, name
        for mark in wall.seen(WallOffline):
            assert contrast(rgba(mark.look.theme.header_quiet)[:3], ground_under(mark, picture)) >= 3
        for newest in wall.seen(WallNewest):
            assert contrast(rgba(newest.ink)[:3], ground_under(newest, picture)) >= 3, "its beating frame"


@pytest.mark.parametrize("theme", THEMES.values())
def test_a_call_to_be_announced_stands_out_from_one_that_was(theme):
    assert theme.new != theme.calm
    assert contrast(rgba(theme.new)[:3], rgba(theme.calm)[:3]) >= 3
    assert contrast(rgba(theme.new_ink)[:3], rgba(theme.new)[:3]) >= 7


def test_contrast_is_measured_as_wcag_does():
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast(rgba("#767676")[:3], (1, 1, 1)) == pytest.approx(4.54, abs=0.01)

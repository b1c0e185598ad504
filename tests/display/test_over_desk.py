"""A small display over one desk: whose number is called there."""

import pytest
from msgspec.structs import replace

from broker.contract.messages import Desk
from display.announcements import Announcements, BoardHeard, Memory, Played, Read, after
from display.area import Area
from display.over_desk import OverDesk, over_desk
from display.reading import CAPITAL, Reading, smallest_capital_mm
from display.themes import THEMES
from tests.builders import NOON, board, call, ticket
from tests.display.contrast import contrast, ground_under

LABEL = {"pl": "Stanowisko 26", "en": "Desk 26", "uk": "Віконце 26"}
DESK_26 = Desk("26", "calling", 3, ticket("D017"), label=LABEL)
SMALL = Reading(2, 15.6)


def heard(*calls, over=()):
    state = Announcements(Memory("2026-11-23"), area=Area(frozenset({"26"})))
    state, _ = after(state, BoardHeard(board(*calls), NOON))
    for number in over:
        for done in (Read(number), Played(number)):
            state, _ = after(state, done)
    return state


def shown(desk=DESK_26, state=None, language="pl"):
    return over_desk(desk, state or heard(), language, offline=False)


def test_it_shows_the_number_called_and_then_served_there():
    new = shown(state=heard(call("D017", "26", 1)))
    assert new == OverDesk("Stanowisko 26", "called", "D017", new=True, offline=False)
    assert not shown(state=heard(call("D017", "26", 1), over=[1])).new
    serving = shown(replace(DESK_26, status="serving"))
    assert (serving.status, serving.number, serving.new) == ("serving", "D017", False)


@pytest.mark.parametrize("status", ["free", "paused", "closed"])
def test_a_desk_where_nobody_is_called_shows_no_number(status):
    assert shown(replace(DESK_26, status=status)).number == ""


def test_it_does_not_beat_for_somebody_who_was_called_elsewhere():
    assert not shown(state=heard(call("D018", "26", 1))).new


def test_it_says_nothing_before_it_has_heard_of_its_desk():
    assert over_desk(None, heard(), "pl", offline=True) == OverDesk()


def test_it_speaks_the_language_of_its_screen():
    assert shown(language="uk").label == "Віконце 26"
    assert shown(replace(DESK_26, label={})).label == "26"


@pytest.fixture
def sign(wall):
    from display.phrases import phrases
    from display.screens.over_desk import WallOverDesk

    def hang(theme="light", reading=SMALL, **options):
        wall.take_down()
        wall.wall = WallOverDesk(phrases("pl"), THEMES[theme], reading, **options)
        wall.window.add_widget(wall.wall)
        wall.settle()
        return wall

    wall.hang_sign = hang
    return wall


@pytest.mark.parametrize(
    ("size", "theme"), [*(((960, 600), theme) for theme in THEMES), ((600, 960), "light"), ((960, 300), "light")]
)
def test_every_word_on_it_can_be_read_from_where_people_stand(sign, tmp_path, size, theme):
    sign.hang_sign(theme)
    sign.resize(*size)
    said = []
    for desk in (DESK_26, *(replace(DESK_26, status=status) for status in ("serving", "free", "paused", "closed"))):
        sign.show(over_desk(desk, heard(call("D017", "26", 1)), "pl", offline=desk.status == "paused"))
        said.append(sign.words())
        picture = sign.picture(tmp_path / "sign.png")
        for label in sign.labels():
            millimetres = label.font_size * CAPITAL * SMALL.mm_a_pixel(*size)
            assert millimetres >= smallest_capital_mm(2) - 0.01, label.text
            assert contrast(label.color[:3], ground_under(label, picture)) >= 4.5, label.text
            assert label.texture_size[0] <= label.width + 3
    called, serving, free, paused, closed = said
    assert set(called) == set(serving) == {"Stanowisko 26", "D017"}
    assert free == ["Stanowisko 26"]
    assert set(paused) == {"Stanowisko 26", "Przerwa"}
    assert set(closed) == {"Stanowisko 26", "Nieczynne"}


def test_the_number_is_far_larger_than_the_label(sign):
    sign.hang_sign()
    sign.show(shown())
    assert sign.label("D017").font_size > 2 * sign.label("Stanowisko 26").font_size


def test_a_new_call_comes_into_its_place_in_half_a_second_and_stands(sign):
    sign.hang_sign(moves=True)
    sign.show(shown(replace(DESK_26, status="free")))
    sign.wall.show(shown(state=heard(call("D017", "26", 1))))
    assert sign.wall.away > 0
    assert sign.until(lambda: sign.wall.away == 0)
    sign.wall.show(shown(state=heard(call("D017", "26", 1), over=[1])))
    assert sign.wall.away == 0, "nothing moves when it is announced"


def test_where_nothing_may_move_it_stands_there_at_once(sign):
    sign.hang_sign(moves=False)
    sign.wall.show(shown(state=heard(call("D017", "26", 1))))
    assert sign.wall.away == 0
    assert sign.wall.framed

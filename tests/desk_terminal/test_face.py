"""What small displays show beside the two lines: a number, a count, a lamp."""

import pytest

from desk_terminal.face import face
from desk_terminal.lamp import Lamp
from desk_terminal.view import Notice, Typed, View
from tests.desk_terminal.views import view


@pytest.mark.parametrize(
    ("shown", "number", "waiting", "lamp"),
    [
        (view("free", 4), "", 4, Lamp.SLOW),
        (view("serving", 3, "D017"), "D017", 3, Lamp.STEADY),
        (view("serving", 3, "D017", typed=Typed("02", 9.0)), "02", 3, Lamp.STEADY),
        (view("serving", 3, "D017", notice=Notice("no_number", 2.0)), "D017", 3, Lamp.FAST),
        (view("serving", 3, "D017", unanswered=True), "", 0, Lamp.FAST),
        (View("30"), "", 0, Lamp.FAST),
    ],
    ids=["free", "serving", "typing", "refused", "no answer", "no connection"],
)
def test_a_small_display_shows_the_number_and_how_many_wait(shown, number, waiting, lamp):
    drawn = face(shown, "pl")
    assert (drawn.number, drawn.waiting, drawn.lamp) == (number, waiting, lamp)
    assert len(drawn.lines) == 2

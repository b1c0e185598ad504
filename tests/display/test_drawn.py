"""The broker hears of each call as soon as it is drawn, and once."""

from display.drawn import Drawn
from tests.builders import call

DAY = "2026-11-23"
ONE, TWO, THREE = call("D017", "26", 1), call("A003", "9", 2), call("K112", "7", 3)


def test_each_call_is_told_once_and_that_it_is_not_spoken_yet():
    told, drawn = Drawn().after([TWO, ONE], DAY, "display-1")
    assert [(request.call, request.spoken) for request in told] == [(1, False), (2, False)]
    assert told[0].request_id == "display-1:2026-11-23:1:drawn"
    told, drawn = drawn.after([THREE, TWO, ONE], DAY, "display-1")
    assert [request.call for request in told] == [3]
    assert drawn.after([TWO, ONE], DAY, "display-1")[0] == ()


def test_the_first_call_of_the_next_day_is_told_again():
    _, drawn = Drawn().after([ONE], DAY, "display-1")
    told, _ = drawn.after([ONE], "2026-11-24", "display-1")
    assert [request.request_id for request in told] == ["display-1:2026-11-24:1:drawn"]


def test_a_long_name_of_a_wall_leaves_room_for_the_call():
    told, _ = Drawn().after([ONE], DAY, "w" * 64)
    assert len(told[0].request_id) == 64
    assert told[0].request_id.endswith(":2026-11-23:1:drawn")

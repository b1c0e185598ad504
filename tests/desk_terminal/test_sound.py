"""What the clerk hears: each refusal, and each resident sent to the desk once."""

import pytest

from broker.contract.messages import Error, Reply
from desk_terminal.keys import Key
from desk_terminal.press import after_press
from desk_terminal.sound import Sound, sound
from desk_terminal.view import after_desk, after_link, after_reply, after_time
from tests.builders import ticket
from tests.desk_terminal.doubles import desk
from tests.desk_terminal.views import ready


def test_a_refusal_is_heard_each_time_and_its_end_is_not():
    first = after_press(ready(), Key.CALL, "r1", 10.0)
    again = after_press(first, Key.CALL, "r2", 10.5)
    assert [sound(ready(), first), sound(first, again), sound(again, again)] == [Sound.REFUSED, Sound.REFUSED, None]
    assert sound(again, after_time(again, 60.0)) is None


def test_a_key_that_nobody_could_answer_is_heard():
    asked = after_press(ready(), Key.NEXT, "r1", 10.0)
    assert sound(asked, after_time(asked, 13.0)) is Sound.REFUSED
    away = after_link(ready(), linked=False)
    assert sound(ready(), away) is None
    assert sound(away, after_press(away, Key.NEXT, "r1", 10.0)) is Sound.REFUSED


@pytest.mark.parametrize(
    ("reply", "heard"),
    [
        (Reply("r1", ok=True, ticket=ticket("D017")), None),
        (Reply("r1", ok=False, error=Error("illegal_move", "...")), Sound.REFUSED),
        (Reply("r1", ok=False, error=Error("bad_request", "...", choices=["D017", "P017"])), Sound.REFUSED),
    ],
    ids=["accepted", "refused", "ambiguous"],
)
def test_an_answer_is_heard_where_it_refuses(reply, heard):
    asked = after_press(ready(), Key.HOLD, "r1", 10.0)
    assert sound(asked, after_reply(asked, reply, 10.1)) is heard


def test_a_resident_sent_here_is_heard_once_when_the_desk_is_free():
    heard, view = [], ready()
    for status, sent_here in [("serving", 1), ("free", 1), ("calling", 1), ("free", 1), ("free", 2), ("free", 1)]:
        before, view = view, after_desk(view, desk(status, 4, sent_here=sent_here))
        heard.append(sound(before, view))
    assert heard == [None, Sound.OFFERED, None, None, Sound.OFFERED, None]


def test_a_connection_that_comes_back_says_nothing_twice():
    offered = after_desk(ready(), desk("free", 4, sent_here=1))
    cut = after_link(offered, linked=False)
    assert sound(cut, after_desk(cut, desk("free", 4, sent_here=1))) is None


def test_no_sound_is_longer_than_a_second():
    assert all(sum(on + off for on, off in heard.value) <= 1 for heard in Sound)

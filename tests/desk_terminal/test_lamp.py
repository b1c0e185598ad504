"""What the clerk reads from the lamp."""

import pytest

from desk_terminal.lamp import Lamp, lamp
from desk_terminal.view import Notice, View
from tests.desk_terminal.doubles import desk
from tests.desk_terminal.views import view


@pytest.mark.parametrize(
    ("status", "waiting", "pattern"),
    [
        ("free", 4, Lamp.SLOW),
        ("free", 0, Lamp.OFF),
        ("calling", 4, Lamp.STEADY),
        ("serving", 0, Lamp.STEADY),
        ("closed", 4, Lamp.OFF),
        ("paused", 4, Lamp.OFF),
    ],
)
def test_the_lamp_follows_the_desk(status, waiting, pattern):
    assert lamp(view(status, waiting)) is pattern


@pytest.mark.parametrize(
    "trouble",
    [
        View("30"),
        View("30", linked=True, broker_up=False, desk=desk()),
        View("30", linked=False, broker_up=True, desk=desk()),
        View("30", linked=True, broker_up=True),
        view(unanswered=True),
        view(keypad_fault=True),
        view(notice=Notice("nothing_waiting", 2.0)),
    ],
    ids=["just started", "broker away", "no MQTT", "desk unknown", "no answer", "keypad gone", "refused"],
)
def test_the_lamp_blinks_fast_when_something_is_wrong(trouble):
    assert lamp(trouble) is Lamp.FAST


def test_the_lamp_blinks_fast_for_a_resident_sent_to_this_desk_until_it_is_taken():
    assert lamp(view("free", state={"sent_here": 1})) is Lamp.FAST
    assert lamp(view("serving", state={"sent_here": 1})) is Lamp.STEADY
    assert lamp(view("closed", state={"sent_here": 1})) is Lamp.OFF


def test_the_lamp_blinks_fast_while_no_wall_shows_the_number_that_is_called():
    assert lamp(view("calling", state={"unshown": True})) is Lamp.FAST
    assert lamp(view("serving", state={"unshown": True})) is Lamp.STEADY


def test_a_confirmation_is_no_alarm():
    assert lamp(view("calling", notice=Notice("recall", 2.0, refused=False))) is Lamp.STEADY


def test_no_lamp_flashes_more_than_three_times_a_second():
    assert all(1 / sum(pattern.value) <= 3 for pattern in Lamp)

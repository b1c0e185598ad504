"""A finger on a key is one press, whatever the contact does."""

import pytest

from desk_terminal.keys import Debounce, Key, key_named, verb
from tests.desk_terminal.doubles import desk


def presses(debounce, *edges):
    return [at for key, down, at in edges if debounce.counts(key, down=down, at=at)]


def test_a_key_that_bounces_five_times_in_50_ms_is_one_press():
    bounces = [(Key.NEXT, n % 2 == 0, 0.010 * n) for n in range(10)]
    assert presses(Debounce(0.05), *bounces) == [0.0]


def test_a_key_that_bounces_when_it_is_let_go_is_still_one_press():
    edges = [(Key.NEXT, True, 0.0), (Key.NEXT, False, 0.4), (Key.NEXT, True, 0.41), (Key.NEXT, False, 0.42)]
    assert presses(Debounce(0.05), *edges) == [0.0]


def test_a_key_held_down_for_an_hour_is_one_press():
    assert presses(Debounce(0.05), (Key.NEXT, True, 0.0), (Key.NEXT, False, 3600.0)) == [0.0]


def test_a_line_that_repeats_while_the_key_is_held_is_one_press_however_long_it_lasts():
    held = [(Key.RECALL, True, 0.1 * n) for n in range(100)]
    assert presses(Debounce(0.5), *held) == [0.0]


def test_a_clerk_may_press_the_same_key_again_and_another_key_at_once():
    edges = [
        (Key.NEXT, True, 0.0),
        (Key.START, True, 0.01),
        (Key.NEXT, False, 0.1),
        (Key.NEXT, True, 0.2),
    ]
    assert presses(Debounce(0.05), *edges) == [0.0, 0.01, 0.2]


@pytest.mark.parametrize(
    ("status", "asked"),
    [("closed", "open"), ("paused", "open"), ("free", "close"), ("calling", "close"), ("serving", "close")],
)
def test_open_close_opens_a_desk_that_rests_and_closes_one_that_works(status, asked):
    assert verb(Key.OPEN_CLOSE, desk(status)) == asked


def test_a_key_is_found_by_the_name_in_desk_toml():
    assert key_named("no_show") is Key.NO_SHOW
    assert [key_named(text).typed for text in ("next", "7", "Q")] == [False, True, True]


@pytest.mark.parametrize("name", ["nxt", "10", "q", "Ł", ""])
def test_a_key_that_is_none_is_refused_with_those_that_are(name):
    with pytest.raises(ValueError, match=r"is no key; the keys are next, recall, .*, undo, clear, 0 to 9 and A to Z"):
        key_named(name)

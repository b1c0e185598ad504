"""The keys by name, and what the one with two meanings asks for."""

import pytest

from desk_terminal.keys import Key, key_named, verb
from tests.desk_terminal.doubles import desk


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

"""A finger on a key is one press, whatever the contact does; held down, it may mean something else."""

import pytest

from desk_terminal.keys import Key
from desk_terminal.presses import Presses

LONG = {Key.NEXT: Key.UNDO}


def pressed(presses, *edges, until=10.0):
    """Return (key, time) for all that fires while these edges come, each (key, down, at)."""
    fired = []
    for key, down, at in [*edges, (None, False, until)]:
        while presses.due is not None and presses.due <= at:
            due = presses.due
            fired += [(meant, due) for meant in presses.after_time(due)]
        meant = key and presses.after_edge(key, down=down, at=at)
        fired += [(meant, at)] if meant else []
    return fired


def plain(*edges, quiet_s=0.05):
    return pressed(Presses(quiet_s, {}, 0.8), *edges)


def two_meanings(*edges):
    return pressed(Presses(0.05, LONG, 0.8), *edges)


def test_a_key_that_bounces_five_times_in_50_ms_is_one_press():
    assert plain(*[(Key.NEXT, n % 2 == 0, 0.010 * n) for n in range(10)]) == [(Key.NEXT, 0.0)]


def test_a_key_that_bounces_when_it_is_let_go_is_still_one_press():
    edges = [(Key.NEXT, True, 0.0), (Key.NEXT, False, 0.4), (Key.NEXT, True, 0.41), (Key.NEXT, False, 0.42)]
    assert plain(*edges) == [(Key.NEXT, 0.0)]


def test_a_key_held_down_for_an_hour_is_one_press():
    assert plain((Key.NEXT, True, 0.0), (Key.NEXT, False, 3600.0)) == [(Key.NEXT, 0.0)]


def test_a_line_that_repeats_while_the_key_is_held_is_one_press_however_long_it_lasts():
    assert plain(*[(Key.RECALL, True, 0.1 * n) for n in range(100)], quiet_s=0.5) == [(Key.RECALL, 0.0)]


def test_a_clerk_may_press_the_same_key_again_and_another_key_at_once():
    edges = [(Key.NEXT, True, 0.0), (Key.START, True, 0.01), (Key.NEXT, False, 0.1), (Key.NEXT, True, 0.2)]
    assert plain(*edges) == [(Key.NEXT, 0.0), (Key.START, 0.01), (Key.NEXT, 0.2)]


def test_a_clerk_types_the_same_digit_faster_than_a_key_may_be_pressed_again():
    edges = [(Key.N1, True, 0.0), (Key.N1, True, 0.25), (Key.NEXT, True, 1.0), (Key.NEXT, True, 1.25)]
    assert plain(*edges, quiet_s=0.5) == [(Key.N1, 0.0), (Key.N1, 0.25), (Key.NEXT, 1.0)]


def test_a_key_with_two_meanings_means_its_own_when_it_is_let_go():
    assert two_meanings((Key.NEXT, True, 0.0), (Key.NEXT, False, 0.3)) == [(Key.NEXT, 0.3)]


def test_held_down_it_means_the_other_while_it_is_still_held_and_nothing_when_it_is_let_go():
    assert two_meanings((Key.NEXT, True, 0.0), (Key.NEXT, False, 3.0)) == [(Key.UNDO, 0.8)]


def test_a_key_that_is_let_go_too_late_to_have_been_noticed_means_the_other():
    presses = Presses(0.05, LONG, 0.8)
    presses.after_edge(Key.NEXT, down=True, at=0.0)
    assert presses.after_edge(Key.NEXT, down=False, at=0.9) is Key.UNDO
    assert presses.due is None


def test_keys_with_one_meaning_beside_it_fire_as_ever():
    assert two_meanings((Key.START, True, 0.0), (Key.START, False, 3.0)) == [(Key.START, 0.0)]


def test_a_key_with_two_meanings_that_bounces_at_both_ends_is_one_press():
    ends = [(n % 2 == 0, at + 0.004 * n) for at in (0.0,) for n in range(9)]
    ends += [(n % 2 == 1, 0.3 + 0.004 * n) for n in range(9)]
    assert two_meanings(*[(Key.NEXT, down, at) for down, at in ends]) == [(Key.NEXT, 0.3)]


def test_a_tap_as_short_as_a_bounce_is_a_press():
    assert [key for key, _ in two_meanings((Key.NEXT, True, 0.0), (Key.NEXT, False, 0.02))] == [Key.NEXT]


def test_a_key_of_a_keypad_that_went_away_means_nothing_any_more():
    presses = Presses(0.05, LONG, 0.8)
    presses.after_edge(Key.NEXT, down=True, at=0.0)
    presses.forget()
    assert pressed(presses, (Key.NEXT, False, 5.0)) == []
    assert pressed(presses, (Key.NEXT, True, 6.0), (Key.NEXT, False, 6.2)) == [(Key.NEXT, 6.2)]


def test_a_held_key_that_is_let_go_unheard_means_nothing():
    presses = Presses(0.05, LONG, 0.8)
    presses.after_edge(Key.NEXT, down=True, at=0.0)
    presses.ignore(Key.NEXT, 0.4)
    assert pressed(presses) == []


@pytest.mark.parametrize("quiet_s", [0.0, 0.05])
def test_a_line_that_came_late_still_makes_its_repeats_no_press(quiet_s):
    presses = Presses(quiet_s, {}, 0.8)
    presses.ignore(Key.NEXT, 1.0)
    assert presses.after_edge(Key.NEXT, down=True, at=1.01) is (None if quiet_s else Key.NEXT)

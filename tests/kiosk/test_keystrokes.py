"""A hand that shakes, and a finger that stays on a key."""

from kiosk.keystrokes import HELD_S, Keystrokes

DOWN, ENTER = 274, 13


def test_a_key_that_is_held_down_counts_once_however_often_the_keyboard_repeats_it():
    strokes = Keystrokes(0.0)
    assert [strokes.down(DOWN, at) for at in (0.0, 0.5, 0.53, 0.56, 1.9)] == [True, False, False, False, False]
    strokes.up(DOWN)
    assert strokes.down(DOWN, 2.0)


def test_a_key_whose_release_was_lost_is_not_lost():
    strokes = Keystrokes(0.0)
    assert strokes.down(DOWN, 0.0)
    assert strokes.down(DOWN, HELD_S + 0.1)


def test_the_same_key_struck_twice_counts_once_in_as_long_as_the_office_says():
    strokes = Keystrokes(0.5)
    counted = []
    for at in (0.0, 0.2, 0.49, 0.6, 1.0, 1.2):
        counted.append(strokes.down(DOWN, at))
        strokes.up(DOWN)
    assert counted == [True, False, False, True, False, True]


def test_another_key_counts_at_once():
    strokes = Keystrokes(0.5)
    assert strokes.down(DOWN, 0.0)
    assert strokes.down(ENTER, 0.1)


def test_unless_told_otherwise_every_stroke_counts():
    strokes = Keystrokes(0.0)
    for at in (0.0, 0.01, 0.02):
        assert strokes.down(DOWN, at)
        strokes.up(DOWN)

"""Ghosts of a matrix: keys that read as down though nobody presses them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from desk_terminal.matrix_ghosts import keys_down

CROSSINGS = st.tuples(st.integers(0, 3), st.integers(0, 3))
PRESSED = st.frozensets(CROSSINGS, max_size=7)


def read(pressed):
    """What a matrix without diodes reads: every row sees all the columns that it is joined to by pressed keys."""
    groups = []
    for row, column in pressed:
        joined = [group for group in groups if row in group[0] or column in group[1]]
        groups = [group for group in groups if group not in joined]
        rows, columns = zip(*joined, strict=True) if joined else ((), ())
        groups.append(({row}.union(*rows), {column}.union(*columns)))
    return frozenset((row, column) for rows, columns in groups for row in rows for column in columns)


@settings(max_examples=1000, deadline=None)
@given(st.lists(PRESSED, min_size=1, max_size=6))
def test_a_key_that_nobody_presses_never_goes_down(fingers):
    down = frozenset()
    for pressed in fingers:
        before, down = down, keys_down(down, read(pressed))
        assert down - before <= pressed


@settings(max_examples=1000, deadline=None)
@given(PRESSED, st.frozensets(CROSSINGS, max_size=2))
def test_up_to_two_keys_are_always_told_apart(before, pressed):
    assert keys_down(before, read(pressed)) == pressed


def test_the_fourth_corner_waits_until_the_picture_is_plain():
    corner = frozenset({(0, 0), (0, 1)})
    assert read(corner | {(1, 0)}) == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert keys_down(corner, read(corner | {(1, 0)})) == corner
    assert keys_down(corner, read(frozenset({(0, 0), (1, 0)}))) == {(0, 0), (1, 0)}

"""A wall knows when it stood still."""

from display.awake import DOUBT_S, STOOD_STILL_S, Awake


def test_a_wall_that_ticks_is_sure_of_what_it_hears():
    awake = Awake(0.0)
    for second in range(1, 20):
        awake = awake.seen(float(second))
        assert awake.sure


def test_a_wall_that_stood_still_doubts_for_a_while_and_is_sure_again():
    awake = Awake(0.0).seen(STOOD_STILL_S + 1)
    woke = awake.seen_at
    assert not awake.sure
    assert not awake.seen(woke + DOUBT_S / 2).sure
    assert awake.seen(woke + DOUBT_S / 2).seen(woke + DOUBT_S).sure

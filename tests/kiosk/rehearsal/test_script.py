"""What a rehearsal understands."""

import pytest

from kiosk.rehearsal.script import NotATap, Tap, tap


def test_a_line_names_what_to_touch():
    assert tap("tap id-cards\n") == Tap("id-cards")
    assert tap("  double-tap group:identity  # twice") == Tap("group:identity", 2)
    assert tap("\n") is None
    assert tap("# a comment") is None


@pytest.mark.parametrize("line", ["tap", "tap a b", "press id-cards", "id-cards"])
def test_a_line_that_means_nothing_says_what_it_should_be(line):
    with pytest.raises(NotATap, match="tap id-cards"):
        tap(line)

"""The wall's clock shows the office's time."""

from datetime import UTC, datetime

import pytest

from display.clock import office_time

MIDDAY = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)


def test_the_wall_shows_the_offices_time_on_a_computer_that_keeps_another():
    assert f"{office_time(MIDDAY, 'Europe/Warsaw'):%H:%M}" == "12:00"


@pytest.mark.parametrize("unknown", ["", "Europe/Atlantis", "../../etc/passwd", "Europe"])
def test_a_zone_that_is_not_known_leaves_the_computers_own(unknown):
    assert office_time(MIDDAY, unknown) == MIDDAY
    assert office_time(MIDDAY, unknown).tzinfo is not None

"""Lines: sorted by place, whoever comes and goes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from broker.domain.lines import ahead, joined, left

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
stands = st.lists(
    st.tuples(st.integers(0, 30).map(lambda minutes: NINE + timedelta(minutes=minutes)), st.integers(1, 1000)),
    unique=True,
)


@given(stands)
def test_a_line_is_sorted_by_place_whatever_the_order_of_arrival(arrivals):
    line = ()
    for stand in arrivals:
        line = joined(line, stand)
    assert list(line) == sorted(arrivals)
    assert [ahead(line, stand) for stand in line] == list(range(len(line)))


@given(stands.filter(bool), st.data())
def test_who_leaves_a_line_leaves_the_others_in_their_order(arrivals, data):
    line = tuple(sorted(arrivals))
    gone = data.draw(st.sampled_from(arrivals))
    assert left(line, gone) == tuple(stand for stand in line if stand != gone)

"""Which keys of a matrix are surely down. Pure.

Theory of operation. A matrix without diodes shows keys that nobody presses: with three corners of a rectangle held
down, current finds its way through them and the fourth corner reads as down too. A ghost always completes a
rectangle of rows and columns, so a key that is a corner of one is left as it was before: it neither goes down nor
up until the picture is plain again. Two keys are always told apart; three are, unless they form a right angle.
"""

from itertools import combinations

Crossing = tuple[int, int]  # row and column, from 0


def keys_down(before: frozenset[Crossing], seen: frozenset[Crossing]) -> frozenset[Crossing]:
    """Return the crossings that are down, of those that a scan saw and those that were down before it."""
    doubtful = _corners(seen)
    return (seen - doubtful) | (before & doubtful)


def _corners(seen: frozenset[Crossing]) -> frozenset[Crossing]:
    """Return the crossings that are a corner of a rectangle whose four corners were all seen."""
    rows: dict[int, set[int]] = {}
    for row, column in seen:
        rows.setdefault(row, set()).add(column)
    found: set[Crossing] = set()
    for one, other in combinations(rows, 2):
        shared = rows[one] & rows[other]
        if len(shared) > 1:
            found |= {(row, column) for row in (one, other) for column in shared}
    return frozenset(found)

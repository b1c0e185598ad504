"""Which numbers are likely to be called next, so that they can be rendered before they are. Pure."""

import re
from collections.abc import Iterable, Iterator

from broker.contract.messages import Call

# People of one matter are called much in the order in which they came.
AHEAD = 2
_SERIES = re.compile(r"(\D*)(\d+)")


def likely_numbers(calls: Iterable[Call]) -> tuple[str, ...]:
    """Return what may follow in each series that was called from: D018 and D019 after D017."""
    return tuple(dict.fromkeys(_following(sorted(calls, key=lambda call: -call.call))))


def _following(calls: Iterable[Call]) -> Iterator[str]:
    seen: set[str] = set()
    for call in calls:
        series = _SERIES.fullmatch(call.number)
        if series is None or call.kind == "recall" or series[1] in seen:
            continue
        seen.add(series[1])
        digits = series[2]
        yield from (f"{series[1]}{int(digits) + more:0{len(digits)}}" for more in range(1, AHEAD + 1))

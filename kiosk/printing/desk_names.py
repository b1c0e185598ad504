"""The desks of a matter in as few words as the paper has room for."""

import re
from collections.abc import Callable, Iterable, Sequence

_NUMBERED = re.compile(r"(?P<kind>.*\S) (?P<number>\d+)")


def desk_names(labels: Sequence[str], many: Callable[[str], str], others: str, longest: int) -> str:
    """Write `labels` shortly: `Stanowiska 1–6, 9, Pokój 4`.

    `many` gives the plural of a kind of desk; what is longer than `longest` letters ends with `others`.
    """
    numbers_by_kind: dict[str, list[int]] = {}
    names: list[str] = []
    for label in dict.fromkeys(labels):
        match = _NUMBERED.fullmatch(label)
        if not match:
            names.append(label)
            continue
        kind = match["kind"]
        if kind not in numbers_by_kind:
            numbers_by_kind[kind] = []
        numbers_by_kind[kind].append(int(match["number"]))
    most_first = sorted(numbers_by_kind.items(), key=lambda item: -len(item[1]))
    parts = [part for kind, numbers in most_first for part in _numbered(kind, numbers, many)] + names
    return _shortened(parts, others, longest)


def _numbered(kind: str, numbers: Sequence[int], many: Callable[[str], str]) -> list[str]:
    runs = list(_runs(numbers))
    runs[0] = f"{kind if len(numbers) == 1 else many(kind)} {runs[0]}"
    return runs


def _runs(numbers: Iterable[int]) -> Iterable[str]:
    """Give `1, 2, 3, 5` as `1–3` and `5`."""
    ordered = sorted(set(numbers))
    start = 0
    for index, number in enumerate(ordered):
        if index + 1 < len(ordered) and ordered[index + 1] == number + 1:
            continue
        run = ordered[start : index + 1]
        yield from [f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run)  # noqa: PLR2004 - two are written out
        start = index + 1


def _shortened(parts: Sequence[str], others: str, longest: int) -> str:
    whole = ", ".join(parts)
    if len(whole) <= longest or len(parts) == 1:
        return whole
    kept = list(parts[:-1])
    while len(kept) > 1 and len(", ".join(kept)) + 1 + len(others) > longest:
        kept.pop()
    return f"{', '.join(kept)} {others}"

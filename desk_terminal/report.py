"""What the terminal tells of its own health: a missing keypad or desk at once, counts now and then."""

from collections.abc import Callable, Mapping
from datetime import datetime

from broker.contract.bus import Bus
from broker.contract.messages import Problem

from .keypad import Fault

COUNTS_EVERY_S = 2.0


class Report:
    """Problems and counts of one terminal, published when they change.

    `desks` tells the desk of each keypad by its name, where there are several; problems are then told with it.
    """

    def __init__(
        self, bus: Bus, clock: Callable[[], float], now: Callable[[], datetime], desks: Mapping[str, str]
    ) -> None:
        self._bus = bus
        self._clock = clock
        self._now = now
        self._desks = desks
        self._problems: dict[str, Problem] = {}
        self._counts = dict.fromkeys(("presses", "dropped", "refused", "unanswered", "noise_bytes"), 0)
        self._told_counts = self._counted
        self._told_at = clock()

    @property
    def due(self) -> float | None:
        """Return when counts that have changed may be told, if there are any."""
        return self._told_at + COUNTS_EVERY_S if self._counted != self._told_counts else None

    def count(self, what: str, by: int = 1) -> None:
        """Add to a count."""
        self._counts[what] += by

    def after_fault(self, fault: Fault) -> None:
        """Tell at once that a keypad or a part of it is gone, or back."""
        desk = f"desk {self._desks[fault.keypad]}: " if fault.keypad in self._desks else ""
        self._tell_problem(f"{fault.part} {fault.keypad}", fault.part, fault.detail and f"{desk}{fault.detail}")

    def after_desk(self, desk_id: str, *, known: bool) -> None:
        """Tell at once that the broker knows nothing of a desk, or does by now."""
        place = f"desk {desk_id}"
        unknown = f"{place}: the broker tells nothing of it; it should be a [[desk]] of office.toml"
        self._tell_problem(place, "unknown_desk", None if known else unknown)

    def after_time(self) -> None:
        """Tell now and then what has changed; the bus too knows of problems that come and go."""
        if self._clock() >= self._told_at + COUNTS_EVERY_S:
            self._tell()

    @property
    def _counted(self) -> dict[str, int]:
        return self._counts | {"bad_messages": self._bus.bad_messages, "faults": self._bus.faults}

    def _tell_problem(self, place: str, code: str, detail: str | None) -> None:
        if detail is None:
            self._problems.pop(place, None)
        else:
            self._problems[place] = Problem(code, detail, self._now())
        self._tell()

    def _tell(self) -> None:
        self._told_counts = self._counted
        self._told_at = self._clock()
        self._bus.report(list(self._problems.values()), self._told_counts)

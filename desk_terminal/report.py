"""What the terminal tells of its own health: a missing keypad at once, counts now and then."""

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
        self._told_counts = dict(self._counts)
        self._told_at = clock()

    @property
    def due(self) -> float | None:
        """Return when counts that have changed may be told, if there are any."""
        return self._told_at + COUNTS_EVERY_S if self._counts != self._told_counts else None

    def count(self, what: str, by: int = 1) -> None:
        """Add to a count."""
        self._counts[what] += by

    def after_fault(self, fault: Fault) -> None:
        """Tell at once that a keypad is gone, or back."""
        if fault.detail is None:
            self._problems.pop(fault.keypad, None)
        else:
            desk = f"desk {self._desks[fault.keypad]}: " if fault.keypad in self._desks else ""
            self._problems[fault.keypad] = Problem("keypad", f"{desk}{fault.detail}", self._now())
        self._tell()

    def after_time(self) -> None:
        """Tell the counts if it is time."""
        if self.due is not None and self._clock() >= self.due:
            self._tell()

    def _tell(self) -> None:
        self._told_counts = dict(self._counts)
        self._told_at = self._clock()
        from_bus = {"bad_messages": self._bus.bad_messages, "faults": self._bus.faults}
        self._bus.report(list(self._problems.values()), self._told_counts | from_bus)

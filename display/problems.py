"""What is wrong with this display, as its health tells it."""

from datetime import UTC, datetime

from broker.contract.bus import Bus
from broker.contract.messages import Problem


class Problems:
    """One problem of each kind at a time, reported whenever they change."""

    def __init__(self, bus: Bus) -> None:
        self.faults = 0
        self._bus = bus
        self._open: dict[str, Problem] = {}

    def note(self, code: str, detail: str | None) -> None:
        """Report a problem, or with None that it is over; `since` stays as long as the detail does."""
        known = self._open.pop(code, None)
        if detail is not None:
            same = known is not None and known.detail == detail
            self._open[code] = known if same and known else Problem(code, detail, datetime.now(UTC).astimezone())
        self.report()

    def report(self) -> None:
        """Report the open problems, and how many messages and handlers went wrong; unchanged, nothing is sent."""
        counters = {"bad_messages": self._bus.bad_messages, "faults": self._bus.faults + self.faults}
        self._bus.report(list(self._open.values()), counters)

"""What is known of the printer, from its tickets and from what it says of itself. A pure value."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from broker.contract.messages import Problem

from .printing.job import Result
from .printing.status import Trouble


class PrinterHealth(Struct, frozen=True):
    """`failed` is a fault that only the next ticket can disprove; `troubles` are what the printer complains of."""

    failed: str | None = None
    troubles: tuple[Trouble, ...] = ()
    since: datetime | None = None

    def after_ticket(self, result: Result, now: datetime) -> "PrinterHealth":
        """Learn from what became of a ticket."""
        blind = result.result == "failed" and not result.troubles
        return self._dated(PrinterHealth(result.detail if blind else None, result.troubles), now)

    def after_check(self, troubles: tuple[Trouble, ...], now: datetime) -> "PrinterHealth":
        """Learn from what the printer answered."""
        return self._dated(PrinterHealth(self.failed, troubles), now)

    @property
    def problems(self) -> list[Problem]:
        """Return what to report, in plain words."""
        details = [self.failed, *(trouble.detail for trouble in self.troubles)]
        said = "; ".join(dict.fromkeys(filter(None, details)))
        return [Problem("printer", said, self.since)] if said else []

    def _dated(self, after: "PrinterHealth", now: datetime) -> "PrinterHealth":
        """Keep the moment at which the trouble began."""
        unwell = after.failed is not None or bool(after.troubles)
        return replace(after, since=(self.since or now) if unwell else None)

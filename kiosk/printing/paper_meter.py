"""How many tickets the roll still gives, by what it gave so far. A pure value.

The printer's dots say how long a ticket is; rolls that ran out say how far the dots are off. A roll counts as new when
paper that was out or low is there again, or when the cover was opened near the end.
"""

from collections.abc import Collection

from msgspec import Struct
from msgspec.structs import replace

from kiosk.printing.status import COVER_OPEN, PAPER_LOW, PAPER_OUT, SILENT, Trouble

WARN_TICKETS = 50
_STEP = 10  # a warning that counts every ticket down is only noise
_REMEMBERED = 50  # tickets that the usual length is taken from
_MOST_OFF = 1.5  # what a roll may be off the dots; beyond it somebody put in a roll that was not full


class PaperMeter(Struct, frozen=True):
    """One roll. Lengths are metres by the dots; a real metre is `scale` of them."""

    used_m: float = 0.0
    ticket_m: float = 0.15
    tickets: int = 0
    scale: float = 1.0
    ended: bool = False  # the paper was out or low when last heard
    out: bool = False
    opened: bool = False  # the cover was, and is still or was closed near the end

    def after_ticket(self, length_m: float) -> "PaperMeter":
        """Count a ticket."""
        seen = min(self.tickets + 1, _REMEMBERED)
        learned = length_m if self.tickets == 0 else self.ticket_m + (length_m - self.ticket_m) / seen
        return replace(self, used_m=self.used_m + length_m, ticket_m=learned, tickets=seen)

    def after_check(self, codes: Collection[str], roll_m: float) -> "PaperMeter":
        """Learn from what the printer says of its paper; one that says nothing teaches nothing."""
        if SILENT.code in codes or "printer_unreachable" in codes:
            return self
        if COVER_OPEN.code in codes:
            return replace(self, opened=True)
        out = PAPER_OUT.code in codes
        ended = out or PAPER_LOW.code in codes
        after = self._learned(roll_m) if out and not self.out else self
        changed = (self.ended and not ended) or (self.opened and not ended and self.left(roll_m) <= WARN_TICKETS)
        return replace(after, used_m=0.0 if changed else after.used_m, ended=ended, out=out, opened=False)

    def left(self, roll_m: float) -> int:
        """Return how many tickets a roll of `roll_m` metres still gives."""
        return max(0, int((roll_m * self.scale - self.used_m) / self.ticket_m))

    def warning(self, roll_m: float) -> Trouble | None:
        """Say that the end is near."""
        left = self.left(roll_m)
        if left >= WARN_TICKETS:
            return None
        fewer_than = left // _STEP * _STEP + _STEP
        return Trouble("paper_ending", f"fewer than {fewer_than} tickets left on the roll", stops=False)

    def _learned(self, roll_m: float) -> "PaperMeter":
        """Take the measure of a roll that ran out."""
        scale = self.used_m / roll_m
        return replace(self, scale=scale) if 1 / _MOST_OFF <= scale <= _MOST_OFF else self

"""The `shown` requests that the broker has not answered yet. Pure: the clock comes in as seconds.

A request is repeated with the same id, ever more slowly and a limited number of times on one connection; a new
connection starts them afresh.
"""

from msgspec import Struct
from msgspec.structs import replace

from broker.contract.messages import ShownRequest

FIRST_REPEAT_S = 1.0
SLOWEST_REPEAT_S = 30.0
TRIES_MOST = 12


class Confirmation(Struct, frozen=True):
    """One unanswered request, how often it was sent, and when it is due again."""

    request: ShownRequest
    tries: int = 0
    due_at: float = 0.0


class Confirmations(Struct, frozen=True):
    """Every confirmation that is still open, oldest first."""

    pending: tuple[Confirmation, ...] = ()

    def adding(self, client: str, day: str, call: int) -> "Confirmations":
        """Open a confirmation; the id follows from the call, so that it is the same after a restart."""
        # The tail is kept: an identifier has at most 64 characters, and the call stands at its end.
        request = ShownRequest(f"{client}:{day}:{call}"[-64:], call)
        if any(confirmation.request == request for confirmation in self.pending):
            return self
        return Confirmations((*self.pending, Confirmation(request)))

    def due(self, now: float) -> tuple[tuple[ShownRequest, ...], "Confirmations"]:
        """Return the requests to send now, and the confirmations after they were sent."""
        requests = tuple(c.request for c in self.pending if _is_due(c, now))
        return requests, Confirmations(tuple(_sent(c, now) if _is_due(c, now) else c for c in self.pending))

    def answered(self, request_id: str) -> tuple[int | None, "Confirmations"]:
        """Close a confirmation; the call that it was about, or None if it is not one of ours."""
        call = next((c.request.call for c in self.pending if c.request.request_id == request_id), None)
        return call, Confirmations(tuple(c for c in self.pending if c.request.request_id != request_id))

    def without(self, call: int) -> "Confirmations":
        """Close the confirmation of a call that was taken back, unanswered."""
        return Confirmations(tuple(c for c in self.pending if c.request.call != call))

    def relinked(self) -> "Confirmations":
        """Make everything due again: there is a new connection."""
        return Confirmations(tuple(Confirmation(c.request) for c in self.pending))


def _is_due(confirmation: Confirmation, now: float) -> bool:
    return confirmation.tries < TRIES_MOST and confirmation.due_at <= now


def _sent(confirmation: Confirmation, now: float) -> Confirmation:
    pause = min(FIRST_REPEAT_S * 2**confirmation.tries, SLOWEST_REPEAT_S)
    return replace(confirmation, tries=confirmation.tries + 1, due_at=now + pause)

"""Which calls the broker has been told to be drawn. Pure.

It is told at once, long before they are spoken, so that no clerk need wonder whether anybody sees the number. One
telling is enough: a broker that missed it hears of the call again when it has been spoken.
"""

from collections.abc import Iterable

from msgspec import Struct

from broker.contract.messages import Call, ShownRequest


class Drawn(Struct, frozen=True):
    """The calls of a day that were told over this connection."""

    day: str = ""
    calls: frozenset[int] = frozenset()

    def after(self, calls: Iterable[Call], day: str, client: str) -> tuple[tuple[ShownRequest, ...], "Drawn"]:
        """Return the requests for what is new among the calls that are drawn now, and what is told after them."""
        listed = frozenset(call.call for call in calls)
        told = self.calls if self.day == day else frozenset()
        fresh = tuple(
            # The tail is kept: an identifier has at most 64 characters.
            ShownRequest(f"{client}:{day}:{call}:drawn"[-64:], call, spoken=False)
            for call in sorted(listed - told)
        )
        return fresh, Drawn(day, listed)

"""Connections cut off as soon as they stand: mostly a second program with the same id. Pure: seconds come in.

An MQTT server ends the older of two connections with one id, and says nothing; so the two cut each other off for ever,
and each would call itself well. Cards of devices are copied, and the copy has the id of the first.
"""

from msgspec import Struct

SHORT_S = 1.0  # the other one comes back after a quarter of it; a server that was started anew holds longer
CUTS_TO_TELL = 5


class Cuts(Struct, frozen=True):
    """When the connection began, and how many before it were cut off at once, one after the other."""

    linked_at: float = 0.0
    short: int = 0

    def linked(self, now: float) -> "Cuts":
        """Return what is known once a connection stands."""
        return Cuts(now, self.short)

    def cut(self, now: float) -> "Cuts":
        """Return what is known once it is lost."""
        return Cuts(self.linked_at, self.short + 1 if now - self.linked_at < SHORT_S else 0)

    def suspicious(self, now: float) -> bool:
        """Whether it happened too often for chance, and the last connection does not hold yet."""
        return self.short >= CUTS_TO_TELL and now - self.linked_at < SHORT_S

"""Whether the wall was awake: what reaches one that stood still may be old. Pure: the clock comes in as seconds."""

import math

from msgspec import Struct
from msgspec.structs import replace

STOOD_STILL_S = 5.0  # its clock ticks every second
DOUBT_S = 5.0  # so long after it woke, messages of before may still come


class Awake(Struct, frozen=True):
    """When the wall was last seen to run, and until when it doubts what it hears."""

    seen_at: float
    doubts_until: float = -math.inf

    def seen(self, now: float) -> "Awake":
        """Return what is known now; to be asked at every tick and every message."""
        if now - self.seen_at > STOOD_STILL_S:
            return Awake(now, now + DOUBT_S)
        return replace(self, seen_at=now)

    @property
    def sure(self) -> bool:
        """Whether what is heard now was also sent now."""
        return self.seen_at >= self.doubts_until

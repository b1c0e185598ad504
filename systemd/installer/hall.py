"""The machine as it shall be."""

from collections.abc import Callable
from dataclasses import dataclass

from .places import Places


@dataclass(frozen=True)
class Hall:
    """What this machine is in the hall, and how it is brought there."""

    places: Places
    roles: tuple[str, ...]
    opens: bool  # whether devices on other machines shall connect
    listen: str | None  # ... and where; None: where they did before, else at the default route
    booted: bool  # whether systemd runs; in a chroot it does not, and everything starts at the next boot
    patience_s: float
    say: Callable[[str], None]

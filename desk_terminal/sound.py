"""What the clerk hears."""

from enum import Enum


class Sound(Enum):
    """A pattern as beeps, each so many seconds on and then off."""

    REFUSED = ((0.08, 0.08), (0.08, 0.08))
    OFFERED = ((0.5, 0.0),)  # a resident was transferred to this very desk

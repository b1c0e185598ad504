"""What the clerk hears."""

from enum import Enum

from .view import View


class Sound(Enum):
    """A pattern as beeps, each so many seconds on and then off."""

    REFUSED = ((0.08, 0.08), (0.08, 0.08))
    OFFERED = ((0.5, 0.0),)  # a resident was transferred to this very desk


def sound(before: View, after: View) -> Sound | None:
    """Return what is to be heard when one view follows another: each refusal, and each offer once."""
    refused = after.notice is not None and after.notice.refused and after.notice != before.notice
    if refused or (after.unanswered and not before.unanswered):
        return Sound.REFUSED
    return Sound.OFFERED if after.announced > before.announced else None

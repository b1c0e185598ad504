"""How loud the kiosk speaks: seven steps over 18 dB, in the middle for every new resident."""

STEPS = 7
STEP_DB = 3
USUAL = 4


def decibels(step: int) -> int:
    """Return the gain of a step: 0 for the loudest, -18 for the softest."""
    return (step - STEPS) * STEP_DB


def turned(step: int, by: int) -> int:
    """Return the step that is louder or softer, within the range."""
    return max(1, min(STEPS, step + by))

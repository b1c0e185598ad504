"""What the lamp on the desk says."""

from enum import Enum

from .view import View


class Lamp(Enum):
    """A pattern as seconds on and off; no faster than the three flashes a second that EN 301 549 allows."""

    OFF = (0.0, 1.0)
    STEADY = (1.0, 0.0)
    SLOW = (1.0, 1.0)
    FAST = (0.17, 0.17)


def lamp(view: View) -> Lamp:
    """Return fast for a fault, a refusal or an offer, steady with a resident, slow while someone waits for this desk.

    An offer is a resident whom a colleague sent to this very desk, while it is free; a call that no wall shows is a
    fault.
    """
    if view.away or view.unanswered or view.keypad_fault or view.desk is None:
        return Lamp.FAST
    if view.offered or (view.notice is not None and view.notice.refused):
        return Lamp.FAST
    if view.desk.unshown and view.desk.status == "calling":
        return Lamp.FAST
    if view.desk.status in ("calling", "serving"):
        return Lamp.STEADY
    return Lamp.SLOW if view.desk.status == "free" and view.desk.waiting else Lamp.OFF

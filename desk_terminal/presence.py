"""Whether a keypad is there: each change is told once, to the log and to the terminal."""

import logging

from .keypad import Fault, Heard

log = logging.getLogger(__name__)

# A keypad that is gone is looked for so often.
FIND_AGAIN_S = 0.5


class Presence:
    """Tells that a keypad is lost, and why whenever that becomes another reason, and that it is found again."""

    def __init__(self, name: str, heard: Heard) -> None:
        self._name = name
        self._heard = heard
        self._lost: str | None = None
        self.known = False  # whether it has been found or missed by now

    def lost(self, reason: str) -> None:
        """Tell that it is gone or cannot be read, unless that is known."""
        self.known = True
        if reason != self._lost:
            self._lost = reason
            log.warning("no keypad: %s", reason)
            self._heard(Fault(self._name, reason))

    def found(self) -> None:
        """Tell that it is back, if it was lost."""
        self.known = True
        if self._lost is not None:
            self._lost = None
            log.info("keypad %s is back", self._name)
            self._heard(Fault(self._name, None))

"""A clerk at a keypad: looks at the desk, and presses what their habits say."""

from broker.contract.messages import Desk

from .chronicle import Line
from .clerks import KEY_NAMES, RECALL, Clerk, Moment, key
from .keypad import Keypad


class ClerkAtWork:
    """One clerk with a real keypad on a pseudo-terminal."""

    def __init__(self, clerk: Clerk, now: float) -> None:
        self.clerk = clerk
        self.keypad = Keypad()
        self._desk: Desk | None = None
        self._quiet_since = now
        self._calls = 0
        self._recalled = False
        self._panel = ("", "")

    def look(self, desk: Desk, now: float) -> None:
        """See the state of the desk."""
        if self._desk is None or (desk.status, desk.ticket) != (self._desk.status, self._desk.ticket):
            self._quiet_since = now
            if desk.status == "calling" and _number(desk) != _number(self._desk):
                self._calls += 1
                self._recalled = False
        self._desk = desk

    def act(self, now: float, *, day_ends: bool) -> list[Line]:
        """Press a key if it is time; return what the clerk did and what the keypad's display came to say."""
        lines = []
        if self._desk is not None:
            quiet_s = now - self._quiet_since
            pressed = key(self.clerk, Moment(self._desk, quiet_s, self._calls, self._recalled, day_ends))
            if pressed is not None:
                self.keypad.press(pressed)
                self._recalled = self._recalled or pressed == RECALL
                self._quiet_since = now
                lines.append(Line(self._who, f"key {KEY_NAMES[pressed]}"))
        panel = self.keypad.panel
        if panel != self._panel:
            self._panel = panel
            lines.append(Line(self._who, f"display [{panel[0]:<16}] [{panel[1]:<16}]"))
        return lines

    @property
    def is_with_someone(self) -> bool:
        """Whether a resident is called to the desk or sits at it."""
        return self._desk is not None and self._desk.status in ("calling", "serving")

    @property
    def _who(self) -> str:
        return f"keypad {self.clerk.desk}"


def _number(desk: Desk | None) -> str | None:
    return desk.ticket.number if desk is not None and desk.ticket is not None else None

"""A clerk at a keypad: looks at the desk, and presses what their habits say."""

from broker.contract.messages import Desk

from .chronicle import Line
from .clerks import FETCHES_S, HOLD, RESUME, Clerk, Moment, key_names, keys
from .clerks_keypad import ClerksKeypad


class ClerkAtWork:
    """One clerk with a reference keypad."""

    def __init__(self, clerk: Clerk, keypad: ClerksKeypad, now: float) -> None:
        self.clerk = clerk
        self.keypad = keypad
        self._desk: Desk | None = None
        self._quiet_since = now
        self._calls = 0
        self._pressed: frozenset[str] = frozenset()
        self._on_hold = ""  # the number whose resident is to come back, at this time
        self._back_at = 0.0
        self._panel = ("", "")

    def look(self, desk: Desk, now: float) -> None:
        """See the state of the desk."""
        if self._desk is None or (desk.status, desk.ticket) != (self._desk.status, self._desk.ticket):
            self._quiet_since = now
            if desk.status == "calling" and _number(desk) != _number(self._desk):
                self._calls += 1
                self._pressed = frozenset()
        self._desk = desk

    def act(self, now: float, *, day_ends: bool) -> list[Line]:
        """Press keys if it is time; return what the clerk did and what the keypad's display came to say."""
        lines = []
        if self._desk is not None:
            pressed = keys(self.clerk, self._moment(self._desk, now, day_ends=day_ends))
            if pressed:
                self._press(pressed, self._desk, now)
                lines.append(Line(self._who, f"{'keys' if len(pressed) > 1 else 'key'} {key_names(pressed)}"))
        panel = self.keypad.panel()
        if panel != self._panel:
            self._panel = panel
            lines.append(Line(self._who, f"display [{panel[0]:<16}] [{panel[1]:<16}]"))
        return lines

    @property
    def is_with_someone(self) -> bool:
        """Whether a resident is called to the desk or sits at it."""
        return self._desk is not None and self._desk.status in ("calling", "serving")

    @property
    def expects_someone(self) -> bool:
        """Whether a resident who was put on hold is to come back."""
        return bool(self._on_hold)

    def _moment(self, desk: Desk, now: float, *, day_ends: bool) -> Moment:
        is_back = self._on_hold if self._on_hold in desk.held and now >= self._back_at else ""
        return Moment(desk, now - self._quiet_since, self._calls, self._pressed, is_back, day_ends)

    def _press(self, pressed: str, desk: Desk, now: float) -> None:
        for key in pressed:
            self.keypad.press(key)
        self._pressed |= set(pressed)
        self._quiet_since = now
        if HOLD in pressed:
            self._on_hold, self._back_at = _number(desk) or "", now + FETCHES_S
        elif RESUME in pressed:
            self._on_hold = ""

    @property
    def _who(self) -> str:
        return f"keypad {self.clerk.desk}"


def _number(desk: Desk | None) -> str | None:
    return desk.ticket.number if desk is not None and desk.ticket is not None else None

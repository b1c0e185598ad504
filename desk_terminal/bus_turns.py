"""Whose turn it is on the RS-485 line. Pure: the time comes in."""

from collections.abc import Iterable

from .bus_talk import Talk
from .wiring import Bus

# An urgent keypad is asked as if it had waited so much longer. It cannot keep the line for longer than that.
URGENT_S = 0.5


def due(talk: Talk, bus: Bus) -> float:
    """Return when a keypad may be asked next: at once with news for it, seldom while it is silent."""
    if talk.urgent:
        return talk.asked_at
    return talk.asked_at + (bus.seek_s if talk.silent else bus.poll_s)


def next_talk(talks: Iterable[Talk], bus: Bus, now: float) -> Talk | None:
    """Return the keypad to ask now: of those that are due, the one that has waited longest; None if none is due."""
    waiting = [talk for talk in talks if due(talk, bus) <= now]
    return min(waiting, key=lambda talk: talk.asked_at - URGENT_S * talk.urgent, default=None)

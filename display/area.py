"""The part of an office that a wall is for: some desks or all, the calls to them, the matters they serve. Pure.

A board has room for twelve calls, and a wall may have been off while they came. The states of the desks are retained,
too: from them a wall knows of whoever is still called though the board has no room for it any more.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from msgspec import Struct

from broker.contract.messages import Board, Call, Desk

from .taken_back import FULL_BOARD

# In a whole hall an older call that the board has no room for is worth no place on the wall.
WORTH_A_PLACE = timedelta(minutes=5)
# A desk that was taken out of the office may have left its state behind.
SAME_DAY = timedelta(hours=12)
# The call number of a call of which only the desk knows.
UNNUMBERED = 0


class Area(Struct, frozen=True):
    """Desks by their ids; none stands for all."""

    desks: frozenset[str] = frozenset()

    def holds(self, desk: str) -> bool:
        """Whether a desk is in it."""
        return not self.desks or desk in self.desks

    def serves(self, category: str, desks: Mapping[str, Desk]) -> bool:
        """Whether a matter is served in it; `desks` are their states, as far as they were heard."""
        return not self.desks or any(category in desk.serves for desk in desks.values() if desk.id in self.desks)

    def calls(self, board: Board, desks: Mapping[str, Desk]) -> list[Call]:
        """Return the calls of the board to its desks, and those that the board has no room for; the newest first."""
        listed = [call for call in board.calls if self.holds(call.desk)]
        pushed_off = sorted(self._pushed_off(board, desks), key=lambda call: call.called_at, reverse=True)
        return [*sorted(listed, key=lambda call: -call.call), *pushed_off]

    def _pushed_off(self, board: Board, desks: Mapping[str, Desk]) -> Iterator[Call]:
        if len(board.calls) < FULL_BOARD:
            return
        oldest = min(call.called_at for call in board.calls)
        since = oldest - SAME_DAY if self.desks else max(call.called_at for call in board.calls) - WORTH_A_PLACE
        listed = {call.number for call in board.calls}
        for desk in desks.values():
            ticket = desk.ticket
            if ticket is None or ticket.called_at is None or not self.holds(desk.id) or ticket.number in listed:
                continue
            # A newer one that the board does not list was taken back, and the desk will say so in a moment.
            if since <= ticket.called_at < oldest:
                yield Call(UNNUMBERED, ticket.number, desk.id, desk.label, ticket.called_at, "call")

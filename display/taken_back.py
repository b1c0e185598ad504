"""How a wall tells a call that a clerk has undone from one that newer calls pushed off the board. Pure."""

from broker.contract.messages import Board

# So many calls stand on a full board; each further one pushes the oldest off.
FULL_BOARD = 12


def is_taken_back(call: int, board: Board, pushed_off: int) -> bool:
    """Whether a call that was heard before is missing from `board` though there is a place for it.

    There is one wherever an older call is still listed, and on a board that is not full; but such a board brings
    nothing back that was pushed off before (all below `pushed_off`): one undone, eleven are left.
    """
    listed = [each.call for each in board.calls]
    if call in listed:
        return False
    return call > min(listed, default=call) or (len(listed) < FULL_BOARD and call >= pushed_off)


def pushed_off_by(board: Board, pushed_off: int) -> int:
    """Return the call below which every other has been pushed off, now that this board was heard as well."""
    return max(pushed_off, min(each.call for each in board.calls)) if len(board.calls) >= FULL_BOARD else pushed_off

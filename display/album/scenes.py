"""What is seen on a wall, from its start in the morning to its rest, and on a display over a desk. Pure."""

from collections.abc import Mapping

from broker.contract.messages import Board
from display.announcements import Announcements, BoardHeard, Memory, after
from display.over_desk import OverDesk, over_desk
from display.view import View, view

from . import sample

RESTING = "rest"  # with messages and a picture
# So many calls are still to be announced where somebody is called.
NEW = 3


def hall_scenes(language: str) -> Mapping[str, View]:
    """Return every view of a hall's wall, by its name."""
    empty, full = sample.board(calls=False, waiting=False), sample.board()
    before = {"waiting": View(offline=False), "no-link-yet": View()}
    calm = _heard(full, len(full.calls))
    return before | {
        "greeting": view(_heard(empty, 0), language, offline=False),
        "call": view(_heard(full, len(full.calls) - NEW), language, offline=False),
        "board": view(calm, language, offline=False),
        "offline": view(calm, language, offline=True),
        RESTING: view(calm, language, offline=False),
    }


def desk_scenes(language: str) -> Mapping[str, OverDesk]:
    """Return every view of a small display over a desk, by its name."""
    full = sample.board()
    calm, new = _heard(full, len(full.calls)), _heard(full, len(full.calls) - 1)
    shown = {
        status: over_desk(sample.desk(status), calm, language, offline=False)
        for status in ("serving", "free", "paused", "closed")
    }
    called = over_desk(sample.desk("calling"), new, language, offline=False)
    return {"waiting": OverDesk(offline=False), "called": called, **shown}


def _heard(board: Board, announced: int) -> Announcements:
    """Return the state in which so many calls of a board were announced, and the next one is on air."""
    state, _ = after(Announcements(Memory(board.day, announced)), BoardHeard(board, sample.now(), live=True))
    return state

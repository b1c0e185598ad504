"""Views of a hall with many desks, as the wall is asked to show them."""

from display.announcements import Announcements, BoardHeard, Memory, after
from display.view import view
from tests.builders import NOON, board, call

NUMBERS = ["D017", "A003", "K112", "T008", "O045", "E031", "S009", "W104", "P055", "M002", "Z010", "B021"]
DESKS = ["26", "9", "7", "p3", "17", "30", "19", "14", "p4", "22", "23", "21"]


def twelve():
    return [call(number, desk, 12 - at) for at, (number, desk) in enumerate(zip(NUMBERS, DESKS, strict=True))]


def settled(*calls, offline=False, language="pl", **fields):
    """A view in which everything was announced long ago."""
    state, _ = after(Announcements(Memory("2026-11-23", 99)), BoardHeard(board(*calls, **fields), NOON))
    return view(state, language, offline=offline)


def on_air(*calls, announced=0):
    state, _ = after(Announcements(Memory("2026-11-23", announced)), BoardHeard(board(*calls), NOON))
    return view(state, "pl", offline=False)

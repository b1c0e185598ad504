"""What the keypad's text panel says: two lines of sixteen characters."""

import unicodedata
from collections.abc import Sequence

from broker.contract.messages import Desk

from .fitting import fitting
from .view import View
from .words import WORDS

WIDTH = 16
Panel = tuple[str, str]

# Letters that fall apart into a plain one and an accent need no entry.
_PLAIN = {"Ł": "L", "ł": "l"}


def panel(view: View, language: str) -> Panel:
    """Return the two lines; trouble before notices, notices before what is typed, that before the desk's state."""
    words, desk, notice = WORDS[language], view.desk, view.notice
    word = _word(view)
    if word == "choices" and notice is not None:
        return choice_lines(notice.choices)
    number = notice.number if notice is not None else ""
    if not number and notice is None and desk is not None and desk.ticket is not None:
        number = desk.ticket.number
    facts = {
        "number": number,
        "typed": view.typed.text if view.typed else "",
        "sent": view.offered,
        "pause": _pause(desk, language, words["paused"][0]),
    }
    first, second = (line.format(waiting=desk.waiting if desk else 0, **facts)[:WIDTH] for line in words[word])
    return first, second or _queue(desk, language)


def choice_lines(numbers: Sequence[str]) -> Panel:
    """Return the numbers to choose from, each after the digit that chooses it; as many as fit on two lines."""
    first = _fitting_choices(numbers, 0)
    second = _fitting_choices(numbers, len(first))
    return " ".join(first), " ".join(second) or " "


def choices_shown(numbers: Sequence[str]) -> int:
    """Return how many of the numbers to choose from `choice_lines` has room for."""
    first = len(_fitting_choices(numbers, 0))
    return first + len(_fitting_choices(numbers, first))


def _fitting_choices(numbers: Sequence[str], start: int) -> list[str]:
    """Return those from `start` on that fit on one line, each after its digit."""
    line: list[str] = []
    for n, number in enumerate(numbers[start:], start=start + 1):
        if len(" ".join([*line, f"{n} {number}"])) > WIDTH:
            break
        line.append(f"{n} {number}")
    return line


def _word(view: View) -> str:
    if view.away or view.unanswered or (view.desk is None and not view.unlisted):
        return "no_connection"
    if view.notice is not None:
        return view.notice.word
    if view.typed is not None:
        return "typed"
    if view.asking is not None and view.asking.times > 1:
        return "busy"
    return "unknown_desk" if view.desk is None else _state(view.desk)


def _state(desk: Desk) -> str:
    if desk.unshown and desk.status == "calling":
        return "unshown"
    if desk.status != "free":
        return desk.status
    if desk.sent_here:
        return "offered"
    return "ready" if desk.ready else "free"


def _queue(desk: Desk | None, language: str) -> str:
    waiting = desk.waiting if desk is not None else 0
    words = WORDS[language]
    return (words["waiting"][0].format(waiting=waiting) if waiting else words["nothing_waiting"][0])[:WIDTH]


def _pause(desk: Desk | None, language: str, already_said: str) -> str:
    """Return why the clerk is away, in the panel's language if the office has it; nothing if it says no more."""
    if desk is None:
        return ""
    name = desk.pause_name.get(language) or next(iter(desk.pause_name.values()), desk.pause_reason or "")
    reason = fitting(name.upper(), WIDTH)
    return "" if reason == already_said else reason


def panel_bytes(shown: Panel, encoding: str) -> bytes:
    """Return the lines as the keypad gets them: each ended by a line feed, letters that it lacks without accents."""
    return "".join(f"{_within(line, encoding)}\n" for line in shown).encode(encoding)


def _within(line: str, encoding: str) -> str:
    return "".join(_letter_within(letter, encoding) for letter in line)


def _letter_within(letter: str, encoding: str) -> str:
    for candidate in (letter, _PLAIN.get(letter, unicodedata.normalize("NFD", letter)[0])):
        try:
            candidate.encode(encoding)
        except UnicodeEncodeError:
            continue
        return candidate
    return "?"

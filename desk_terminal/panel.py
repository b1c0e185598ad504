"""What the keypad's text panel says: two lines of sixteen characters."""

import unicodedata

from .view import View
from .words import WORDS

WIDTH = 16
Panel = tuple[str, str]

# Letters that fall apart into a plain one and an accent need no entry.
_PLAIN = {"Ł": "L", "ł": "l"}


def panel(view: View, language: str) -> Panel:
    """Return the two lines; trouble before notices, notices before the state of the desk."""
    words = WORDS[language]
    desk = view.desk
    waiting = desk.waiting if desk else 0
    number = view.notice.number if view.notice else ""
    if not number and desk is not None and desk.ticket is not None:
        number = desk.ticket.number
    queue = words["waiting"][0].format(waiting=waiting) if waiting else words["nothing_waiting"][0]
    first, second = words[_word(view)]
    return first.format(number=number)[:WIDTH], (second or queue)[:WIDTH]


def _word(view: View) -> str:
    if view.away or view.unanswered:
        return "no_connection"
    if view.notice is not None:
        return view.notice.word
    if view.asking is not None and view.asking.times > 1:
        return "busy"
    return view.desk.status if view.desk is not None else "unknown_desk"


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

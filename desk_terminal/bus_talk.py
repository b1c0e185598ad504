"""The computer's side of the talk with one keypad on the RS-485 line. Pure: the time comes in.

Theory of operation. A frame is sent again, byte for byte, until its answer comes; only then follows the next, with
the next number. So an answer belongs to one frame alone, and a keypad that meets a number twice in a row knows the
second as a repeat and does not beep twice. Every frame but the hello also says which key was taken last; a keypad
sends the same key until it reads the key's number there, and the computer takes a key only if its number is the next.

    unknown --hello answered--> greeted --"N", or a key out of step--> unknown, with the next session

A session begins with the computer's hello: both count keys from 1 again, and the keypad forgets a key that it has
sent but never saw taken, because nobody can know. Silence ends no session: whoever answers again goes on.
"""

from msgspec import Struct
from msgspec.structs import replace

from .bus_face import Told
from .bus_frame import FROM_COMPUTER, FROM_KEYPAD, Frame

NUMBERS = 0x100
SESSIONS = 0x10000
AGE_UNIT_S = 0.01
_KEY_BODY = 5  # number, key, age


class Press(Struct, frozen=True):
    """A key that a keypad reports, and when it was pressed: an early bound, in seconds, monotonic."""

    key: str
    at: float


class Talk(Struct, frozen=True):
    """What is known of one keypad, what it is to show, and the frame that waits for its answer."""

    address: int
    session: int
    number: int = 0
    under_way: Frame | None = None
    greeted: bool = False
    taken: int = 0
    owes_taken: bool = False  # a key was taken and the keypad does not know yet; it may have more
    wanted: Told | None = None
    shown: Told | None = None
    to_sound: Told | None = None
    asked_at: float = float("-inf")
    heard_at: float = float("-inf")
    silent: bool = False

    @property
    def urgent(self) -> bool:
        """Whether the keypad should be asked before others: it answers, and there is something to tell it."""
        has_news = self.owes_taken or self.wanted != self.shown or self.to_sound is not None
        return has_news and self.greeted and self.under_way is None and not self.silent


def asked(talk: Talk, now: float) -> Talk:
    """Return the talk with a frame under way: the one that was not answered, or the next."""
    frame = talk.under_way
    if frame is None:
        kind, body = _next_told(talk)
        frame = Frame(FROM_COMPUTER, talk.address, talk.number, kind, body)
        talk = replace(talk, to_sound=None) if kind == "B" else talk
    return replace(talk, under_way=frame, asked_at=now, owes_taken=False)


def is_answer(talk: Talk, frame: Frame) -> bool:
    """Return whether this frame answers the one that is under way."""
    mine = frame.sign == FROM_KEYPAD and frame.address == talk.address
    return mine and talk.under_way is not None and frame.number == talk.under_way.number


def answered(talk: Talk, answer: Frame, now: float) -> tuple[Talk, Press | None]:
    """Follow an answer to the frame under way; return the key that it brings, if it is a new one."""
    asked_at = talk.asked_at
    if answer.kind == "N":
        return replace(_unknown(talk), heard_at=now, silent=False), None
    talk = replace(_settled(talk), heard_at=now, silent=False)
    if answer.kind != "K":
        return talk, None
    try:
        number, key, age = _key(answer.body)
    except ValueError:
        return _unknown(talk), None
    if number == talk.taken:
        return replace(talk, owes_taken=True), None
    if number != (talk.taken + 1) % NUMBERS:
        return _unknown(talk), None
    return replace(talk, taken=number, owes_taken=True), Press(key, asked_at - age * AGE_UNIT_S)


def fallen_silent(talk: Talk) -> Talk:
    """Give up the frame under way, and the sound that would come too late; all is shown anew when it answers."""
    return replace(_next_number(talk), silent=True, shown=None, to_sound=None)


def _next_told(talk: Talk) -> Told:
    if not talk.greeted:
        return "H", b"%04X" % talk.session
    taken = b"%02X" % talk.taken
    if talk.wanted is not None and talk.wanted != talk.shown:
        kind, body = talk.wanted
    elif talk.to_sound is not None:
        kind, body = talk.to_sound
    else:
        kind, body = "P", b""
    return kind, taken + body


def _settled(talk: Talk) -> Talk:
    """Note what the frame under way has told, now that it is known to have arrived."""
    frame = talk.under_way
    assert frame is not None
    talk = _next_number(talk)
    if frame.kind == "H":
        return replace(talk, greeted=True)
    return talk if frame.kind in "PB" else replace(talk, shown=(frame.kind, frame.body[2:]))


def _unknown(talk: Talk) -> Talk:
    """Begin another session."""
    return replace(
        _next_number(talk), greeted=False, session=(talk.session + 1) % SESSIONS, taken=0, shown=None, owes_taken=False
    )


def _next_number(talk: Talk) -> Talk:
    return replace(talk, under_way=None, number=(talk.number + 1) % NUMBERS)


def _key(body: bytes) -> tuple[int, str, int]:
    if len(body) != _KEY_BODY:
        raise ValueError(body)
    return int(body[:2], 16), chr(body[2]), int(body[3:], 16)

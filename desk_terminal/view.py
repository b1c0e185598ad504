"""What a terminal knows of its desk, and what it makes of each thing it hears. Pure: the time comes in.

Theory of operation. A view is never changed, only followed by the next. At most one request is under way: it is
asked at 0, 1 and 2 seconds with the same id, and given up at 3; whoever sees `asking` change sends it once. What a
press leads to stands in press.py.
"""

from collections.abc import Mapping
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from broker.contract.messages import Desk, DeskRequest, ErrorCode, Health, Reply

from .keys import Key
from .typed import Target

ASK_AGAIN_S = 1.0
ASK_MOST = 3
NOTICE_S = 2.0
# Time enough to read the numbers that were meant, and to choose one.
CHOICES_S = 10.0
# An accepted key whose effect the desk's state does not show by itself.
CONFIRMED = frozenset({"recall", "no_show", "undo", "hold", "resume", "transfer"})


class Asking(Struct, frozen=True):
    """A request that waits for its answer, and the key that made it."""

    verb: str
    request: DeskRequest
    first_asked: float
    times: int = 1
    key: Key | None = None

    @property
    def due(self) -> float:
        """Return when to ask again, or to give up after the last time."""
        return self.first_asked + self.times * ASK_AGAIN_S


class Notice(Struct, frozen=True):
    """Words for a moment: an error code, a confirmed verb, or a word of the terminal's own.

    With `choices` it offers these numbers, one of which `key` will take.
    """

    word: str
    until: float
    refused: bool = True
    number: str = ""
    choices: tuple[str, ...] = ()
    key: Key | None = None


class Typed(Struct, frozen=True):
    """What was typed so far, and until when it is remembered."""

    text: str
    until: float


class View(Struct, frozen=True):
    """All that lamp, panel and sounds are drawn from."""

    desk_id: str
    linked: bool = False
    broker_up: bool = False
    unanswered: bool = False  # the last request got no answer, and nothing was heard since
    desk: Desk | None = None
    unlisted: bool = False  # the broker is there, but has told nothing of this desk for a while
    asking: Asking | None = None
    notice: Notice | None = None
    keypad_fault: bool = False
    typed: Typed | None = None
    chosen: Notice | None = None  # what was just chosen from by a digit alone: the key that follows means the same
    announced: int = 0  # how many of those sent to this desk the clerk has been told of
    transfers: Mapping[str, Target] = {}

    @property
    def away(self) -> bool:
        """Whether MQTT or the broker is known to be away, so that keys are dropped."""
        return not (self.linked and self.broker_up)

    @property
    def offered(self) -> int:
        """Return how many residents were sent to this desk, while it is free to take them."""
        return self.desk.sent_here if self.desk is not None and self.desk.status == "free" else 0

    @property
    def due(self) -> float | None:
        """Return when `after_time` has something to do, if ever."""
        times = [self.asking.due] if self.asking else []
        times += [passing.until for passing in (self.notice, self.typed, self.chosen) if passing]
        return min(times, default=None)


def after_link(view: View, *, linked: bool) -> View:
    """Follow the connection to the MQTT server; what was known before it came is not trusted."""
    return replace(_without_words(view), linked=linked, broker_up=False, unanswered=False, desk=None)


def after_health(view: View, health: Health) -> View:
    """Follow the broker's health; degraded it still answers. Back again it tells of every desk that it still knows."""
    broker_up = health.status != "down"
    if broker_up != view.broker_up:
        view = _without_words(view)
    return replace(view, broker_up=broker_up, unanswered=False, desk=view.desk if broker_up else None)


def after_desk(view: View, desk: Desk) -> View:
    """Take over the desk's complete state."""
    view = replace(view, desk=desk, unanswered=False)
    return replace(view, announced=min(max(view.announced, view.offered), desk.sent_here))


def after_unsent(view: View) -> View:
    """Drop the request that the connection did not take the first time."""
    return replace(view, asking=None, unanswered=True)


def after_reply(view: View, reply: Reply, now: float) -> View:
    """End the request that is answered and say what became of it; other answers only show that the broker lives."""
    view = replace(view, unanswered=False)
    asking = view.asking
    if asking is None or reply.request_id != asking.request.request_id:
        return view
    return replace(view, asking=None, notice=_notice(asking, reply, now))


def after_time(view: View, now: float) -> View:
    """Ask again or give up, and take back what is said or typed for a while, when their time has come."""
    if view.notice is not None and now >= view.notice.until:
        view = replace(view, notice=None)
    if view.typed is not None and now >= view.typed.until:
        view = replace(view, typed=None)
    if view.chosen is not None and now >= view.chosen.until:
        view = replace(view, chosen=None)
    asking = view.asking
    if asking is None or now < asking.due:
        return view
    # A terminal that stood still wakes long after the press: what is due then is to give up, not to ask.
    if asking.times >= ASK_MOST or now >= asking.first_asked + ASK_MOST * ASK_AGAIN_S:
        return replace(view, asking=None, unanswered=True)
    return replace(view, asking=replace(asking, times=asking.times + 1))


def _without_words(view: View) -> View:
    """Forget what belongs to the moment before a connection came or went."""
    return replace(view, notice=None, typed=None, chosen=None)


def _notice(asking: Asking, reply: Reply, now: float) -> Notice | None:
    number = reply.ticket.number if reply.ticket is not None else ""
    if reply.ok:
        # The broker gives up a resident who was called again once too often.
        given_up = reply.ticket is not None and reply.ticket.status == "no_show"
        word = "no_show" if given_up else asking.verb
        said = word in CONFIRMED and (number or word == "undo")
        return Notice(word, now + NOTICE_S, refused=False, number=number) if said else None
    if reply.error is None:
        return Notice("bad_request", now + NOTICE_S)
    if reply.error.choices:
        return Notice("choices", now + CHOICES_S, choices=tuple(reply.error.choices), key=asking.key)
    code = reply.error.code
    return Notice(code if code in get_args(ErrorCode) else "bad_request", now + NOTICE_S)

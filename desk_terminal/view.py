"""What a terminal knows of its desk, and what it makes of each thing it hears. Pure: the time comes in.

Theory of operation. A view is never changed, only followed by the next. At most one request is under way: it is
asked at 0, 1 and 2 seconds with the same id, and given up at 3; whoever sees `asking` change sends it once. A key
that cannot be asked for now is dropped: nothing is kept to be sent later, because a NEXT pressed a minute ago
must not call anyone.
"""

from msgspec import Struct
from msgspec.structs import replace

from broker.contract.messages import Desk, DeskRequest, Health, Reply

from .keys import Key, verb

ASK_AGAIN_S = 1.0
ASK_MOST = 3
NOTICE_S = 2.0
# An accepted key whose effect the desk's state does not show by itself.
CONFIRMED = frozenset({"recall", "no_show"})


class Asking(Struct, frozen=True):
    """A request that waits for its answer."""

    verb: str
    request: DeskRequest
    first_asked: float
    times: int = 1

    @property
    def due(self) -> float:
        """Return when to ask again, or to give up after the last time."""
        return self.first_asked + self.times * ASK_AGAIN_S


class Notice(Struct, frozen=True):
    """Words for a moment: an error code, a confirmed verb, or `busy`."""

    word: str
    until: float
    refused: bool = True
    number: str = ""


class View(Struct, frozen=True):
    """All that lamp and panel are drawn from."""

    desk_id: str
    linked: bool = False
    broker_up: bool = False
    unanswered: bool = False  # the last request got no answer, and nothing was heard since
    desk: Desk | None = None
    asking: Asking | None = None
    notice: Notice | None = None
    keypad_fault: bool = False

    @property
    def away(self) -> bool:
        """Whether MQTT or the broker is known to be away, so that keys are dropped."""
        return not (self.linked and self.broker_up)

    @property
    def due(self) -> float | None:
        """Return when `after_time` has something to do, if ever."""
        times = [self.asking.due] if self.asking else []
        times += [self.notice.until] if self.notice else []
        return min(times, default=None)


def after_link(view: View, *, linked: bool) -> View:
    """Follow the connection to the MQTT server; what was known before it came is not trusted."""
    return replace(view, linked=linked, broker_up=False, unanswered=False, desk=None)


def after_health(view: View, health: Health) -> View:
    """Follow the broker's health; degraded it still answers."""
    return replace(view, broker_up=health.status != "down", unanswered=False)


def after_desk(view: View, desk: Desk) -> View:
    """Take over the desk's complete state."""
    return replace(view, desk=desk, unanswered=False)


def after_press(view: View, key: Key, request_id: str, now: float) -> View:
    """Ask for what a pressed key means; dropped while the broker is away, refused while an answer is awaited."""
    if view.away:
        return view
    if view.asking is not None:
        return replace(view, notice=Notice("busy", now + NOTICE_S))
    request = DeskRequest(request_id, view.desk_id)
    return replace(view, asking=Asking(verb(key, view.desk), request, now), notice=None)


def after_unsent(view: View) -> View:
    """Drop the request that the connection did not take the first time."""
    return replace(view, asking=None, unanswered=True)


def after_reply(view: View, reply: Reply, now: float) -> View:
    """End the request that is answered and say what became of it; other answers only show that the broker lives."""
    view = replace(view, unanswered=False)
    if view.asking is None or reply.request_id != view.asking.request.request_id:
        return view
    notice = None
    if not reply.ok:
        notice = Notice(reply.error.code if reply.error else "bad_request", now + NOTICE_S)
    elif view.asking.verb in CONFIRMED and reply.ticket is not None:
        notice = Notice(view.asking.verb, now + NOTICE_S, refused=False, number=reply.ticket.number)
    return replace(view, asking=None, notice=notice)


def after_time(view: View, now: float) -> View:
    """Ask again or give up, and take back a notice, when their time has come."""
    if view.notice is not None and now >= view.notice.until:
        view = replace(view, notice=None)
    asking = view.asking
    if asking is None or now < asking.due:
        return view
    # A terminal that stood still wakes long after the press: what is due then is to give up, not to ask.
    if asking.times >= ASK_MOST or now >= asking.first_asked + ASK_MOST * ASK_AGAIN_S:
        return replace(view, asking=None, unanswered=True)
    return replace(view, asking=replace(asking, times=asking.times + 1))

"""What the wall shows, worked out from the state. Pure; the screens only draw it."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from msgspec import Struct

from broker.contract.messages import Call, CategoryQueue, Desk, Minutes

from .announcements import Announcements
from .wording import in_language

# Letters that stand above a desk's number in one short line.
WORD_MOST = 12
NO_DESKS: Mapping[str, Desk] = MappingProxyType({})


class Place(Struct, frozen=True):
    """Where a resident goes: "Stanowisko" and "26"; a label without a number is all in `desk`."""

    word: str
    desk: str


class ShownCall(Struct, frozen=True):
    """A call on the wall; `new` while it is or will be announced."""

    number: str
    place: Place
    new: bool


class ShownQueue(Struct, frozen=True):
    """How many wait for one matter, and for how many minutes ("5–15", or nothing)."""

    name: str
    waiting: int
    minutes: str


class View(Struct, frozen=True):
    """All that stands on the wall, save the time of day."""

    office: str = ""
    hearing_loop: bool = False
    known: bool = False
    offline: bool = True
    newest: ShownCall | None = None
    recent: tuple[ShownCall, ...] = ()
    queues: tuple[ShownQueue, ...] = ()

    @property
    def calling(self) -> bool:
        """Whether a call is announced now or will be soon."""
        return any(call.new for call in (*self.recent, *((self.newest,) if self.newest else ())))


def view(state: Announcements, language: str, *, offline: bool, desks: Mapping[str, Desk] = NO_DESKS) -> View:
    """Return what the wall shows; a call on air stands as the newest until it is done.

    `desks` are the states of the desks, as far as they were heard.
    """
    board = state.board
    if board is None:
        return View(offline=offline)
    queued = [heard.call for heard in state.queue]
    calls = _latest_of_each_number([*state.area.calls(board, desks), *queued])
    on_air = state.on_air.call if state.on_air else None
    newest = on_air or next(iter(calls), None)
    recent = [call for call in calls if newest and call.number != newest.number]
    return View(
        office=in_language(board.office, language),
        hearing_loop=board.hearing_loop,
        known=True,
        offline=offline,
        newest=_shown(newest, language, new=on_air is not None) if newest else None,
        recent=tuple(_shown(call, language, new=_is_queued(call, state)) for call in recent),
        queues=_queues([queue for queue in board.waiting if state.area.serves(queue.category, desks)], language),
    )


def place(label: str) -> Place:
    """Split a desk's label before its number, so that the number can be drawn large."""
    word, _, desk = label.strip().rpartition(" ")
    numbered = any(letter.isdigit() for letter in desk)
    return Place(word, desk) if numbered and 0 < len(word) <= WORD_MOST else Place("", label.strip())


def _latest_of_each_number(calls: Iterable[Call]) -> list[Call]:
    """Keep one line for each resident: a recall stands for the call before it."""
    latest: dict[str, Call] = {}
    for call in sorted(calls, key=lambda call: -call.call):
        latest.setdefault(call.number, call)
    return list(latest.values())


def _is_queued(call: Call, state: Announcements) -> bool:
    return any(heard.call.call == call.call for heard in state.queue)


def _shown(call: Call, language: str, *, new: bool) -> ShownCall:
    return ShownCall(call.number, place(in_language(call.label, language) or call.desk), new)


def _queues(queues: Iterable[CategoryQueue], language: str) -> tuple[ShownQueue, ...]:
    return tuple(_queue(queue, language) for queue in queues if queue.waiting)


def _queue(queue: CategoryQueue, language: str) -> ShownQueue:
    name = in_language(queue.name, language) or queue.category
    return ShownQueue(name, queue.waiting, _minutes(queue.wait_minutes))


def _minutes(minutes: Minutes | None) -> str:
    if minutes is None:
        return ""
    low, high = minutes
    return f"{low}" if low == high else f"{low}–{high}"

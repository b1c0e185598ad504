"""Which call is announced when. Pure: no clock, no screen, no sound, no MQTT.

Theory of operation. The board is retained and complete, so the same calls are heard again and again. The memory
holds the highest call that was ever put on air today; only a higher one is new. New calls queue in order of their
numbers, and one is on air at a time, until it has been both read (the pace of reading) and played (the sound).
A call is remembered before it goes on air: a display that is killed in the middle of a word never says it again.
A call that vanishes from the board was taken back by its clerk (`taken_back.py`): it leaves queue and air at once.
"""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from broker.contract.messages import Board, Call

from .area import Area
from .taken_back import is_taken_back, pushed_off_by

# An older call is shown but not spoken: the resident has gone to the desk or home.
WORTH_HEARING = timedelta(seconds=60)
# So many confirmations are kept for a broker that is away.
UNCONFIRMED_MOST = 100


class Heard(Struct, frozen=True):
    """A call whose turn has not come; `speak` was decided when it was first heard."""

    call: Call
    speak: bool


class Memory(Struct, frozen=True):
    """What a display must still know after a restart: the last call of the day on air, and whose turn comes next.

    The board would not tell: of many calls at once it has room for twelve.
    """

    day: str = ""
    call: int = 0
    called_at: datetime | None = None
    unconfirmed: tuple[int, ...] = ()
    queue: tuple[Heard, ...] = ()


class OnAir(Struct, frozen=True):
    """The call that is being announced."""

    call: Call
    read: bool = False
    played: bool = False


class Announcements(Struct, frozen=True):
    """The board as it was last heard, and where its announcing stands."""

    memory: Memory = Memory()
    board: Board | None = None
    on_air: OnAir | None = None
    pushed_off: int = 0  # calls below it had to make room on a full board
    area: Area = Area()

    @property
    def queue(self) -> tuple[Heard, ...]:
        """Return the calls whose turn has not come, the next one first."""
        return self.memory.queue


class BoardHeard(Struct, frozen=True):
    """A board arrived at a moment of the display's own clock.

    `live` where another came before it over the same connection: then what is new in it was called just now, whatever
    the clock says. In an office without internet the clocks of two computers may be hours apart.
    """

    board: Board
    at: datetime
    live: bool = False


class Read(Struct, frozen=True):
    """The call on air has stood on the wall long enough to be read."""

    call: int


class Played(Struct, frozen=True):
    """The sound of the call on air is over, or there was none."""

    call: int


class Confirmed(Struct, frozen=True):
    """The broker knows that this call was shown."""

    call: int


class Remember(Struct, frozen=True):
    """Write the memory down, before anything else happens."""

    memory: Memory


class Announce(Struct, frozen=True):
    """Draw the call as the newest, and play its sound."""

    call: Call


class ShowOnly(Struct, frozen=True):
    """The call was heard too late to be spoken; it stands on the wall and that is all."""

    call: Call


class Confirm(Struct, frozen=True):
    """Tell the broker that the call was shown."""

    call: int


class FallSilent(Struct, frozen=True):
    """A clerk has taken this call back: say no further word of it, and confirm it no more."""

    call: int


Event = BoardHeard | Read | Played | Confirmed
Action = Remember | Announce | ShowOnly | Confirm | FallSilent


def after(state: Announcements, event: Event) -> tuple[Announcements, tuple[Action, ...]]:
    """Return the state after `event`, and what is to be done, in this order."""
    match event:
        case BoardHeard():
            return _board_heard(state, event)
        case Confirmed(call):
            return _confirmed(state, call)
        case Read(call) | Played(call):
            on_air = state.on_air
            if on_air is None or on_air.call.call != call:
                return state, ()
            field = "read" if isinstance(event, Read) else "played"
            return _next_on_air(replace(state, on_air=replace(on_air, **{field: True})), state.memory)


def _board_heard(state: Announcements, heard: BoardHeard) -> tuple[Announcements, tuple[Action, ...]]:
    board = heard.board
    memory = _memory_of_the_day(state.memory, board)
    if memory is state.memory and state.board is not None and board.seq < state.board.seq:
        # Kept by the MQTT server while the broker was away: it knows of nothing new, and of nothing taken back.
        return replace(state, board=board), ()
    left, gone = _left(state, memory, board)
    queue = (*_still_queued(left, heard, first=state.board is None), *_new(left, heard))
    left_open = left.memory.unconfirmed if state.board is None else ()
    told: tuple[Action, ...] = (*(FallSilent(call) for call in gone), *(Confirm(call) for call in left_open))
    kept = left.memory if queue == left.queue else replace(left.memory, queue=queue)
    return _next_on_air(replace(left, board=board, memory=kept), memory, told)


def _still_queued(state: Announcements, heard: BoardHeard, *, first: bool) -> tuple[Heard, ...]:
    """Return what was queued before this board; where that was before a restart, it may be too late to speak it."""
    if not first:
        return state.queue
    return tuple(Heard(each.call, each.speak and _is_worth_hearing(each.call, heard)) for each in state.queue)


def _new(state: Announcements, heard: BoardHeard) -> tuple[Heard, ...]:
    """Return the calls to this wall's desks that it has not heard before, in their order."""
    known = max((state.memory.call, *(each.call.call for each in state.queue)))
    new = [call for call in heard.board.calls if call.call > known and state.area.holds(call.desk)]
    return tuple(
        Heard(call, heard.live or _is_worth_hearing(call, heard)) for call in sorted(new, key=lambda call: call.call)
    )


def _is_worth_hearing(call: Call, heard: BoardHeard) -> bool:
    return heard.at - call.called_at <= WORTH_HEARING


def _left(state: Announcements, memory: Memory, board: Board) -> tuple[Announcements, tuple[int, ...]]:
    """Return what this board leaves of the announcing, and the calls that were taken back after they went on air."""
    on_air = state.on_air.call.call if state.on_air else None
    if memory is not state.memory:  # of another day, or of another hall
        fresh = Announcements(memory, pushed_off=pushed_off_by(board, 0), area=state.area)
        return fresh, () if on_air is None else (on_air,)
    announced = {*memory.unconfirmed, *(() if on_air is None else (on_air,))}
    gone = tuple(sorted(call for call in announced if is_taken_back(call, board, state.pushed_off)))
    if gone:
        memory = replace(memory, unconfirmed=tuple(call for call in memory.unconfirmed if call not in gone))
    queue = tuple(heard for heard in memory.queue if not is_taken_back(heard.call.call, board, state.pushed_off))
    left = replace(
        state,
        memory=memory if queue == memory.queue else replace(memory, queue=queue),
        on_air=None if on_air in gone else state.on_air,
        pushed_off=pushed_off_by(board, state.pushed_off),
    )
    return left, gone


def _memory_of_the_day(memory: Memory, board: Board) -> Memory:
    """Start anew with a new day, or with a hall that was set up afresh and counts its calls from one again."""
    if memory.day != board.day:
        return Memory(board.day)
    newest = max(board.calls, key=lambda call: call.call, default=None)
    if newest and memory.called_at and newest.call <= memory.call and newest.called_at > memory.called_at:
        return Memory(board.day)
    return memory


def _next_on_air(
    state: Announcements, written: Memory, told: tuple[Action, ...] = ()
) -> tuple[Announcements, tuple[Action, ...]]:
    """Take the call off the air if it is done, and put the next one on that is worth hearing.

    What is to be remembered, if it is not what was `written` last, comes before all else, also before `told`.
    """
    actions = list(told)
    memory, queue, on_air = state.memory, list(state.queue), state.on_air
    if on_air and on_air.read and on_air.played:
        actions.append(Confirm(on_air.call.call))
        on_air = None
    while queue and on_air is None:
        call, speak = queue[0].call, queue.pop(0).speak
        unconfirmed = (*memory.unconfirmed, call.call)[-UNCONFIRMED_MOST:]
        memory = Memory(memory.day, call.call, call.called_at, unconfirmed, tuple(queue))
        if speak:
            on_air = OnAir(call)
            actions.append(Announce(call))
        else:
            actions += [ShowOnly(call), Confirm(call.call)]
    if memory is not written:
        actions.insert(0, Remember(memory))
    return replace(state, memory=memory, on_air=on_air), tuple(actions)


def _confirmed(state: Announcements, call: int) -> tuple[Announcements, tuple[Action, ...]]:
    if call not in state.memory.unconfirmed:
        return state, ()
    left = tuple(other for other in state.memory.unconfirmed if other != call)
    memory = replace(state.memory, unconfirmed=left)
    return replace(state, memory=memory), (Remember(memory),)

"""What a key asks for, with what was typed before it. Pure.

    017 CALL        calls D017             017 HOLD       the waiting 017 comes back later; HOLD alone: who is here
    2 TRANSFER      as [transfer] says     017 RESUME     017 is back; RESUME alone: the only one that is held
    clerk OPEN      opens for this clerk   2 PAUSE        the second of the office's reasons; PAUSE alone: without

Any other key takes no number: what was typed before it is dropped.
"""

from collections.abc import Mapping

from msgspec import Struct

from broker.contract.messages import (
    Desk,
    DeskNumberRequest,
    DeskRequest,
    HoldRequest,
    Identifier,
    OpenRequest,
    PauseRequest,
    TransferRequest,
)

from .keys import Key, verb

TYPED_MOST = 8
FORGOTTEN_S = 10.0
NEEDS_NUMBER = frozenset({"call", "resume", "transfer"})


class Target(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a typed code sends a resident: to a category or to a desk, by its id in `office.toml`."""

    category: Identifier | None = None
    desk: Identifier | None = None

    def __post_init__(self) -> None:
        if bool(self.category) == bool(self.desk):
            raise ValueError('it should be { category = "..." } or { desk = "..." }')


class Order(Struct, frozen=True):
    """A request that a key and a number make together."""

    verb: str
    request: DeskRequest


class Unclear(Struct, frozen=True):
    """Why a key cannot be asked for: a word of the panel, or the numbers that it may mean."""

    word: str
    choices: tuple[str, ...] = ()


def order(
    key: Key, typed: str, request_id: str, desk_id: str, desk: Desk | None, transfers: Mapping[str, Target]
) -> Order | Unclear:
    """Return the request that `key` makes with what was typed before it, or why it makes none."""
    asked = verb(key, desk)
    if asked == "resume" and not typed and desk is not None and desk.held:
        if len(desk.held) > 1:
            return Unclear("choices", tuple(desk.held))
        typed = desk.held[0]
    if asked in NEEDS_NUMBER and not typed:
        return Unclear("no_number")
    match asked:
        case "open":
            request: DeskRequest = OpenRequest(request_id, desk_id, typed or None)
        case "hold":
            request = HoldRequest(request_id, desk_id, typed or None)
        case "pause":
            reason = _pause_reason(typed, desk)
            if typed and reason is None:
                return Unclear("no_such_pause")
            request = PauseRequest(request_id, desk_id, reason)
        case "transfer":
            to = transfers.get(typed, Target(desk=typed))
            request = TransferRequest(request_id, desk_id, to_category=to.category, to_desk=to.desk)
        case "call" | "resume":
            request = DeskNumberRequest(request_id, desk_id, typed)
        case _:
            request = DeskRequest(request_id, desk_id)
    return Order(asked, request)


def _pause_reason(typed: str, desk: Desk | None) -> str | None:
    """Return the id of the n-th reason that the office has for a pause, if there is one."""
    reasons = desk.pauses if desk is not None else []
    n = int(typed) if typed.isdecimal() else 0
    return reasons[n - 1].id if 1 <= n <= len(reasons) else None

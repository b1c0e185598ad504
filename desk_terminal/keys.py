"""The keys of a desk, and what the broker is asked for when one is pressed."""

from enum import StrEnum

from broker.contract.messages import Desk


class Key(StrEnum):
    """A key by the name that `desk.toml` gives it: one that does something, or a single character that is typed."""

    NEXT = "next"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    NO_SHOW = "no_show"
    OPEN_CLOSE = "open_close"
    OPEN = "open"
    CLOSE = "close"
    PAUSE = "pause"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    CALL = "call"
    UNDO = "undo"
    CLEAR = "clear"

    N0, N1, N2, N3, N4, N5, N6, N7, N8, N9 = "0123456789"
    A, B, C, D, E, F, G, H, I, J, K, L, M = "ABCDEFGHIJKLM"  # noqa: E741 - a key is called as it is printed
    N, O, P, Q, R, S, T, U, V, W, X, Y, Z = "NOPQRSTUVWXYZ"  # noqa: E741

    @property
    def typed(self) -> bool:
        """Whether it is a character of a number, not something to do."""
        return len(self.value) == 1


def key_named(name: str) -> Key:
    """Return the key that `desk.toml` calls so; ValueError says which there are."""
    try:
        return Key(name)
    except ValueError:
        acting = ", ".join(key for key in Key if not key.typed)
        raise ValueError(f"{name!r} is no key; the keys are {acting}, 0 to 9 and A to Z") from None


def verb(key: Key, desk: Desk | None) -> str:
    """Return the request that a key makes; OPEN/CLOSE opens a desk that is closed or paused and closes any other."""
    if key is not Key.OPEN_CLOSE:
        return key.value
    return "open" if desk is None or desk.status in ("closed", "paused") else "close"

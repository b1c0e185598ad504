"""Requests that are sent until the broker answers them, kept in memory. A pure value."""

from msgspec import Struct
from msgspec.structs import replace

from broker.contract.messages import Request

MOST = 50  # a day with a broken printer must not fill the memory
TRIES = 20


class Letter(Struct, frozen=True):
    """One request on its way."""

    verb: str
    request: Request
    due: float = 0.0
    tries: int = 0


class Outbox(Struct, frozen=True):
    """What the broker still has to be told; over `MOST` the oldest is forgotten."""

    letters: tuple[Letter, ...] = ()

    def with_letter(self, verb: str, request: Request) -> "Outbox":
        """Put one more in."""
        return Outbox((*self.letters, Letter(verb, request))[-MOST:])

    def due(self, now: float) -> tuple[Letter, ...]:
        """Return what to send now."""
        return tuple(letter for letter in self.letters if letter.due <= now)

    def sent(self, request_id: str, now: float, again_s: float) -> "Outbox":
        """Note that it was sent; it is due again later, and after `TRIES` times never."""
        return Outbox(
            tuple(
                replace(letter, due=now + again_s, tries=letter.tries + 1)
                if letter.request.request_id == request_id
                else letter
                for letter in self.letters
                if letter.request.request_id != request_id or letter.tries + 1 < TRIES
            )
        )

    def answered(self, request_id: str) -> "Outbox":
        """Take out what has been answered."""
        return Outbox(tuple(letter for letter in self.letters if letter.request.request_id != request_id))

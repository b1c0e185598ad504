"""What was really heard in a rehearsed hall, to be counted and checked at its end."""

from dataclasses import dataclass, field

from msgspec import Struct

from broker.contract.messages import Call


class Announced(Struct, frozen=True):
    """A line of the wall's announcements file."""

    call: int
    number: str
    desk: str
    spoken: bool
    text: str


@dataclass
class Facts:
    """Numbers, calls and announcements, in the order in which they came."""

    issued: list[str] = field(default_factory=list)
    issued_at_the_kiosk: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    calls: dict[int, Call] = field(default_factory=dict)
    taken_back: set[int] = field(default_factory=set)
    announced: list[Announced] = field(default_factory=list)
    shown: set[int] = field(default_factory=set)

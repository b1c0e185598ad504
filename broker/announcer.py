"""Tells the hall what has changed: the retained state topics, each always complete."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import pairwise

from broker.contract import topics
from broker.contract.messages import encode
from broker.domain.call import CALLS_ON_THE_WALL
from broker.domain.hall import Hall
from broker.translate import View

Publish = Callable[[str, bytes], bool]


class Announcer:
    """Publishes state topics, and each only when it differs from what was published last."""

    def __init__(self, publish: Publish) -> None:
        self._publish = publish
        self._told: dict[str, bytes] = {}

    def forget(self) -> None:
        """Take nothing as told: the server may be another one, or have lost what it kept."""
        self._told.clear()

    def board(self, view: View) -> None:
        """Tell the walls; people are waiting to see it."""
        self._tell(topics.BOARD, encode(view.board()))

    def desk(self, view: View, desk_id: str) -> None:
        """Tell one desk."""
        self._tell(topics.desk(desk_id), encode(view.desk_state(desk_id)))

    def everything(self, view: View, hall: Hall, now: datetime) -> None:
        """Tell everybody."""
        self.board(view)
        for desk_id in self._desks(hall):
            self.desk(view, desk_id)
        self._tell(topics.MENU, encode(view.menu(now)))

    def _desks(self, hall: Hall) -> Iterator[str]:
        """Yield every desk, those with a clerk first."""
        yield from (desk for desk in hall.desks if desk in hall.office.desks)
        yield from (desk for desk in hall.office.desks if desk not in hall.desks)

    def _tell(self, topic: str, payload: bytes) -> None:
        if self._told.get(topic) != payload and self._publish(topic, payload):
            self._told[topic] = payload


def looks_different(before: Hall, after: Hall) -> bool:
    """Whether anybody could see a difference: tables that nobody changed are the same objects."""
    return any(getattr(before, name) is not getattr(after, name) for name in ("day", "open", "desks", "calls"))


def to_be_seen(halls: Iterable[Hall]) -> Iterator[Hall]:
    """Yield those of successive halls whose boards show the calls that the last one's board has no room for."""
    told: int | None = None
    for before, hall in pairwise(halls):
        told = before.call if told is None else told
        if hall.call - told > CALLS_ON_THE_WALL:
            yield before
            told = before.call

"""The requests that wait for the next turn: taken one from each device, and then the next one from each."""

from collections import deque
from itertools import chain, zip_longest

from broker.incoming import Incoming


class Inbox:
    """However many one device has sent, another's request is at most as many places away as there are devices."""

    def __init__(self) -> None:
        self._by_client: dict[str, deque[Incoming]] = {}
        self._waiting = 0

    def __len__(self) -> int:
        return self._waiting

    def put(self, incoming: Incoming) -> None:
        """Take a request in, behind those of the same device."""
        self._by_client.setdefault(incoming.client, deque()).append(incoming)
        self._waiting += 1

    def empty(self) -> list[Incoming]:
        """Return all of them in their fair order, and keep none."""
        rounds = zip_longest(*self._by_client.values())
        fair = [incoming for incoming in chain.from_iterable(rounds) if incoming is not None]
        self._by_client, self._waiting = {}, 0
        return fair

"""Hears everything that is said in a rehearsed hall, and what its wall announces."""

from pathlib import Path
from queue import Empty, SimpleQueue

import msgspec

from broker.contract import topics
from broker.contract.bus import Bus, Server
from broker.contract.messages import Desk, Health

from .facts import Announced

DESKS = topics.desk("")
HEALTHS = topics.health("")


class HallEar:
    """A client of the hall that only listens; `hear()` gives what came since the last time, in order."""

    def __init__(self, url: str, announcements: Path) -> None:
        self.desks: dict[str, Desk] = {}
        self.health: dict[str, Health] = {}
        self.bus = Bus(Server.from_url(url), "rehearsal", "rehearsal")
        self._announcements = announcements
        self._read = 0
        self._inbox: SimpleQueue[tuple[str, bytes]] = SimpleQueue()
        for topic in (topics.MENU, topics.BOARD, topics.desk("+"), topics.ALL_HEALTH):
            self.bus.watch_raw(topic, lambda topic, payload: self._inbox.put((topic, payload)))
        for topic in (topics.ALL_REQUESTS, topics.reply("+")):
            self.bus.watch_raw(topic, lambda topic, payload: self._inbox.put((topic, payload)))

    def hear(self) -> list[tuple[str, bytes]]:
        """Return the messages that came, and remember how desks and devices are."""
        messages: list[tuple[str, bytes]] = []
        while True:
            try:
                topic, payload = self._inbox.get_nowait()
            except Empty:
                return messages
            if not payload:
                continue  # of a desk that the office does not have any more
            if topic.startswith(DESKS):
                desk = msgspec.json.decode(payload, type=Desk)
                self.desks[desk.id] = desk
            elif topic.startswith(HEALTHS):
                self.health[topic.removeprefix(HEALTHS)] = msgspec.json.decode(payload, type=Health)
            messages.append((topic, payload))

    def announcements(self) -> list[Announced]:
        """Return what the wall announced since the last time."""
        if not self._announcements.exists():
            return []
        *lines, _unfinished = self._announcements.read_bytes().split(b"\n")
        new, self._read = lines[self._read :], len(lines)
        return [msgspec.json.decode(line, type=Announced) for line in new]

    def is_up(self, *clients: str) -> bool:
        """Whether all of these have said that they are there, with or without complaints."""
        return all(client in self.health and self.health[client].status != "down" for client in clients)

"""A hall in which everything is said wrongly: to the broker on a real database, and to what each device decides."""

import json
from collections import Counter
from datetime import UTC, datetime

import msgspec

from broker.contract import messages as m
from broker.contract import topics
from broker.contract.bus import Bus, Server
from desk_terminal import view as desk_views
from desk_terminal.panel import panel, panel_bytes
from display.announcements import Announcements, BoardHeard, Memory, after
from display.view import view
from kiosk.menu import all_closed, matters_of, start_entries
from kiosk.state import Answered, MenuHeard
from tests.builders import NOON, board, call, menu, ticket
from tests.kiosk.resident import Resident
from tests.strange_payloads import strange

DESK = m.Desk("30", "calling", 3, ticket(desk="30"), waiting_by_category={"id-cards": 3}, pauses=[], held=["D001"])
HEALTH = m.Health("degraded", datetime(2026, 11, 23, tzinfo=UTC), "1", [m.Problem("printer", "no paper")], {"a": 1})
REPLIES = [
    m.Reply("r1", ok=True, ticket=ticket()),
    m.Reply("r1", ok=True, desk=DESK),
    m.Reply("r1", ok=False, error=m.Error("unknown_ticket", "17", choices=["A017", "D017"])),
]
REQUESTS = [
    {"request_id": "r1", "category": "fees", "priority": "small-child", "language": "pl"},
    {"request_id": "r1", "category": "fees", "booked_at": "2026-11-23T09:00:00+01:00"},
    {"request_id": "r1", "number": "D001", "result": "failed", "detail": "no paper"},
    {"request_id": "r1", "desk": "17", "clerk": "c1"},
    {"request_id": "r1", "desk": "17", "number": "K001", "to_category": "id-cards", "to_desk": "9", "reason": "break"},
    {"request_id": "r1", "call": 3, "spoken": False, "number": "K001", "code": "123456"},
]
CLIENTS = ("kiosk-1", "desk-17", "display-1", "desk-9")
BAD_CLIENTS = ("", "Kiosk", "+", "#", "k" * 200, "ż", "\x00", "..", "broker")
BAD_VERBS = ("", "sing", "__class__", "ticket\n", "tIcket", "v" * 300, "ż\u202e")


def plain(message):
    return json.loads(msgspec.json.encode(message))


class StrangeRequests:
    """Sends the broker strange requests and healths, fifty to a turn; its own failures are `service._faults`."""

    def __init__(self, hallway, rng):
        self.hallway = hallway
        self.rng = rng
        self.codes = Counter()
        self.sent = 0

    def send(self, count):
        verbs = (*m.REQUESTS, *BAD_VERBS)
        for at in range(count):
            client = self.rng.choice(CLIENTS if self.rng.random() < 0.9 else BAD_CLIENTS)
            if self.rng.random() < 0.1:
                topic, payload = f"{topics.ROOT}/health/{client}", strange(self.rng, [plain(HEALTH)])
            else:
                topic = f"{topics.ROOT}/request/{client}/{self.rng.choice(verbs)}"
                payload = strange(self.rng, REQUESTS).replace(b'"r1"', b'"r%d"' % self.rng.randrange(1_000_000))
            self.hallway.bus.arrived.append((topic, payload))
            if at % 50 == 49 or at == count - 1:
                self._turn()
        self.sent += count

    def _turn(self):
        while self.hallway.bus.arrived:
            self.hallway.service.turn(0)
        for topic, payload in self.hallway.bus.published:
            if topic.startswith(topics.reply("")):
                reply = msgspec.json.decode(payload, type=m.Reply)
                self.codes[reply.error.code if reply.error else "ok"] += 1
        self.hallway.bus.published.clear()


class StrangeStates:
    """Sends what the devices decide strange menus, boards, desks, healths and replies."""

    def __init__(self, rng):
        self.rng = rng
        self.sent = 0
        self.bus = Bus(Server("127.0.0.1"), "kiosk-1", "test")
        self.resident, self.desk = Resident(), desk_views.View("30", linked=True, broker_up=True)
        self.wall = Announcements(Memory("2026-11-23", 0))
        self._honest = {
            topics.MENU: (m.Menu, [plain(menu())], self._menu),
            topics.BOARD: (m.Board, [plain(board(call("D017", "30", 2), call("A001", "7", 1)))], self._board),
            topics.desk("30"): (m.Desk, [plain(DESK)], self._desk),
            topics.health("broker"): (m.Health, [plain(HEALTH)], self._health),
            topics.reply("kiosk-1"): (m.Reply, [plain(reply) for reply in REPLIES], self._reply),
        }
        self.understood = Counter()
        for topic, (kind, _, handler) in self._honest.items():
            self.bus.watch(topic, kind, handler)

    def send(self, count):
        every = list(self._honest.items())
        for _ in range(count):
            topic, (_, honest, _) = self.rng.choice(every)
            # Not guarded, as it is in the bus: what fails here would be a screen that is not drawn.
            for hear in self.bus._subscriptions.hearing(topic):
                hear(topic, strange(self.rng, honest))
        self.sent += count

    def _menu(self, heard):
        self.understood["menu"] += 1
        self.resident.hears(MenuHeard(heard))
        start_entries(heard)
        all_closed(heard)
        for group in heard.groups[:3]:
            matters_of(heard, group.id)
        assert self.resident.screen

    def _reply(self, heard):
        self.understood["reply"] += 1
        if not self.resident.asked or self.understood["reply"] % 20 == 0:
            self.resident = Resident().taps_on("matter:business")
        mine = msgspec.structs.replace(heard, request_id=self.resident.asked[-1])
        self.resident.hears(Answered(heard), Answered(mine))
        assert self.resident.screen
        self._shows(desk_views.after_reply(self.desk, heard, 10.0))

    def _board(self, heard):
        self.understood["board"] += 1
        self.wall, _ = after(self.wall, BoardHeard(heard, NOON))
        for language in ("pl", "en"):
            view(self.wall, language, offline=False)

    def _desk(self, heard):
        self.understood["desk"] += 1
        self._shows(desk_views.after_desk(self.desk, heard))

    def _health(self, heard):
        self.understood["health"] += 1
        self._shows(desk_views.after_health(self.desk, heard))

    def _shows(self, seen):
        self.desk = desk_views.after_time(seen, 11.0)
        for language, encoding in (("pl", "cp1250"), ("uk", "cp1251"), ("en", "ascii")):
            panel_bytes(panel(self.desk, language), encoding)

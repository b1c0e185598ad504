"""A day of a thousand residents in a database, and who should have been called, computed by the formula alone."""

import json
import sqlite3
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from broker.domain import commands as c
from broker.domain.hall import Hall
from broker.domain.office_file import office_from_toml
from broker.domain.refusals import Refused
from broker.store.database import open_database
from broker.store.log import Entry, EventLog

OPENS = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # a Monday, 07:30 in Warsaw
OFFICE = """
[office]
name = { pl = "Urząd Gminy Lipowo", en = "Lipowo Commune Office" }
time_zone = "Europe/Warsaw"
languages = ["pl", "en"]
call_by_number = true
auto_call = true

[[group]]
id = "matters"
name = { pl = "Sprawy", en = "Matters" }

[[category]]
id = "id-cards"
group = "matters"
letter = "D"
name = { pl = "Dowody osobiste", en = "Identity cards" }

[[category]]
id = "residence"
group = "matters"
letter = "E"
name = { pl = "Meldunki", en = "Residence" }

[[category]]
id = "business"
group = "matters"
letter = "B"
name = { pl = "Działalność gospodarcza", en = "Business" }

[[priority]]
id = "small-child"
head_start_minutes = 15
name = { pl = "Z małym dzieckiem", en = "With a small child" }

[[priority]]
id = "disability"
head_start_minutes = 20
name = { pl = "Z niepełnosprawnością", en = "With a disability" }

[[priority]]
id = "elderly"
head_start_minutes = 10
name = { pl = "Seniorzy", en = "Seniors" }

[[desk]]
id = "1"
label = { pl = "Stanowisko 1", en = "Desk 1" }
serves = ["id-cards"]

[[desk]]
id = "2"
label = { pl = "Stanowisko 2", en = "Desk 2" }
serves = ["id-cards", "residence"]

[[desk]]
id = "3"
label = { pl = "Stanowisko 3", en = "Desk 3" }
serves = ["residence"]
stands_in = { business = 10 }

[[desk]]
id = "4"
label = { pl = "Stanowisko 4", en = "Desk 4" }
serves = ["business"]
stands_in = { id-cards = 5, residence = 12 }

[[desk]]
id = "30"
label = { pl = "Stanowisko 30", en = "Desk 30" }
serves = []
stands_in = { id-cards = 7, business = 7 }
"""

# -- the day -----------------------------------------------------------------------------------------------------------


class LongDay:
    """Residents and clerks of a seed, until so many tickets are issued; all that happens goes into a real database."""

    def __init__(self, seed):
        self._chance = Random(seed)
        self._hall = Hall(office_from_toml(OFFICE, "office.toml"))
        self._now = OPENS
        self._entries = []

    def store(self, url, tickets):
        """Play the day, and store it as the broker does."""
        self._do(c.StartDay())
        for desk in self._hall.office.desks:
            self._do(c.OpenDesk(desk, f"desk-{desk}"))
        while len(self._hall.open) + len(self._hall.ended) < tickets:
            self._now += timedelta(seconds=self._chance.uniform(1, 20))
            (deed,) = self._chance.choices(self.WHAT, self.HOW_OFTEN)
            self._do(deed(self))
        self._now += timedelta(hours=12)
        self._do(c.EndDay())
        connection = open_database(url)
        EventLog(connection).append(self._entries)
        connection.close()

    def _do(self, command):
        try:
            events = self._hall.decide(command, self._now)
        except Refused:
            return
        self._hall = self._hall.after(*events)
        self._entries.append(Entry(self._hall.day, events))

    def _resident_comes(self):
        priority = self._chance.choice([None, None, None, *self._hall.office.priorities])
        booked = self._now + timedelta(minutes=self._chance.randint(-20, 40)) if self._chance.random() < 0.1 else None
        return c.IssueTicket(self._matter(), priority, booked_at=booked)

    def _matter(self):
        return self._chance.choice([*self._hall.office.categories])

    def _desk(self):
        desk = self._chance.choice([*self._hall.office.desks])
        return desk, f"desk-{desk}"

    def _number(self, status):
        numbers = [ticket.number for ticket in self._hall.open.values() if ticket.status == status]
        return self._chance.choice([*numbers, "X001"])

    DEEDS = (
        (40, _resident_comes),
        (38, lambda day: c.CallNext(*day._desk())),
        (30, lambda day: c.StartService(*day._desk())),
        (4, lambda day: c.FinishService(*day._desk())),
        (4, lambda day: c.Recall(*day._desk())),
        (2, lambda day: c.MarkNoShow(*day._desk())),
        (8, lambda day: c.HoldTicket(*day._desk())),
        (8, lambda day: c.ResumeTicket(*day._desk(), day._number("on_hold"))),
        (3, lambda day: c.TransferTicket(*day._desk(), to_category=day._matter())),
        (3, lambda day: c.TransferTicket(*day._desk(), to_desk=day._desk()[0])),
        (2, lambda day: c.CallNumber(*day._desk(), day._number("waiting"))),
        (1, lambda day: c.CancelTicket(day._number("waiting"))),
        (20, lambda day: c.Undo(*day._desk())),
        (1, lambda day: c.PauseDesk(*day._desk())),
    )
    HOW_OFTEN, WHAT = zip(*DEEDS, strict=True)


# -- who should have been called ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stand:
    """Where one resident stood at a desk; `place` is the anchor less the head start plus the handicap, and no more."""

    place: datetime
    order: int
    number: str
    anchor: datetime
    head_start: int
    handicap: int


@dataclass(frozen=True)
class Expected:
    """A call as the formula has it: everybody in line at the desk, the earliest first."""

    order: int
    desk: str
    how: str
    line: tuple[Stand, ...]

    @property
    def stand(self):
        """The place of the called ticket; none where the desk does not take it."""
        return next((stand for stand in self.line if stand.order == self.order), None)

    @property
    def runner_up(self):
        return next((stand for stand in self.line if stand.order != self.order), None)


class Auditor:
    """Goes through the rows of the log with the office's file in hand, and nothing of the broker's own."""

    def __init__(self):
        office = tomllib.loads(OFFICE)
        self._head_starts = {priority["id"]: priority["head_start_minutes"] for priority in office["priority"]}
        self._handicaps = {
            desk["id"]: desk.get("stands_in", {}) | dict.fromkeys(desk["serves"], 0) for desk in office["desk"]
        }
        self._waiting = {}  # order -> (category, the one desk that it was sent to)
        self._lives = defaultdict(list)  # order -> what it was before each change of its life
        self._tickets = {}
        self._ready = set()

    def expected(self, database):
        """Return every call of the log by its number."""
        connection = sqlite3.connect(database)
        rows = connection.execute("SELECT kind, data FROM events ORDER BY seq").fetchall()
        connection.close()
        calls = {}
        for kind, data in rows:
            event = json.loads(data)
            if kind == "TicketCalled":
                calls[event["call"]] = self._called(event)
            self._follow(kind, event)
        return calls

    def _called(self, event):
        line = sorted(
            (stand for order in self._waiting if (stand := self._stand(order, event["desk"]))),
            key=lambda stand: (stand.place, stand.order),
        )
        how = "auto" if event["desk"] in self._ready else "in_turn"
        if event["reason"].startswith("out of turn: "):
            how = "by_number"
        return Expected(event["order"], event["desk"], how, tuple(line))

    def _stand(self, order, desk):
        category, only_desk = self._waiting[order]
        handicap = self._handicaps[desk].get(category) if only_desk is None else (0 if only_desk == desk else None)
        if handicap is None:
            return None
        number, anchor, head_start = self._tickets[order]
        place = anchor - timedelta(minutes=head_start) + timedelta(minutes=handicap)
        return Stand(place, order, number, anchor, head_start, handicap)

    def _follow(self, kind, event):
        """Keep who waits where; a press of NEXT in an empty hall makes a desk ready for who comes."""
        if kind == "DeskReady":
            self._ready.add(event["desk"])
        elif kind in ("TicketCalled", "DeskPaused", "DeskClosed", "DeskRestored"):
            self._ready.discard(event["desk"])
        order = event.get("order")
        if kind == "TicketIssued":
            self._tickets[order] = (event["number"], _anchor(event), self._head_starts.get(event["priority"], 0))
            self._waiting[order] = (event["category"], None)
            self._lives[order] = [(event["category"], None)]
            return
        if order is None or kind in ("TicketPrinted", "TicketRecalled"):
            return
        if kind == "TicketRestored":
            self._lives[order].pop()
        else:
            self._lives[order].append(self._next_life(kind, event, self._lives[order][-1]))
        category, where = self._lives[order][-1]
        self._waiting.pop(order, None)
        if where != "gone":
            self._waiting[order] = (category, where)

    @staticmethod
    def _next_life(kind, event, life):
        if kind == "TicketTransferred":
            return event["category"], event["to_desk"]
        return life[0], None if kind == "TicketResumed" else "gone"


def _anchor(event):
    """Return the booked time of who came at most 30 minutes early and 10 late, and else the moment of issue."""
    issued = datetime.fromisoformat(event["at"])
    if event["booked_at"] is not None:
        booked = datetime.fromisoformat(event["booked_at"])
        if booked - timedelta(minutes=30) <= issued <= booked + timedelta(minutes=10):
            return booked
    return issued

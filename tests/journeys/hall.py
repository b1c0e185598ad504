"""A whole hall of real programs that meet over a real Mosquitto, and what a bystander in it knows."""

import json
import sqlite3
from contextlib import ExitStack, closing

import msgspec

from broker.contract import messages, topics
from broker.mosquitto import PrivateMosquitto
from broker.store.log import unpacked
from tests.clients import Client, eventually
from tests.journeys.programs import KeypadDesk, Kiosk, PinDesk, Wall
from tests.running_broker import RunningBroker


class Hall:
    """Broker, kiosk, wall, a desk with a serial keypad and perhaps one with wired keys; all ends with the `with`.

    With `mosquitto` the programs meet on that server, else on the broker's own.
    """

    def __init__(self, folder, keypad_desk, pin_desk=None, *, mosquitto=None, office=None):
        url = mosquitto.url if mosquitto else f"embedded:{PrivateMosquitto().port}"
        self.folder = folder
        self.broker = RunningBroker(folder, url, office=office)
        self.url = self.broker.url
        self.kiosk = Kiosk(folder, self.url)
        self.wall = Wall(folder, self.url)
        self.keypad_desk = KeypadDesk(folder, self.url, keypad_desk)
        self.pin_desk = PinDesk(folder, self.url, pin_desk) if pin_desk else None
        self.requests = []
        self._bystander = Client(self.url, "bystander").watch("okienko/state/#", "okienko/health/+")
        self._bystander.bus.watch_raw(topics.ALL_REQUESTS, self._overhear)

    def __enter__(self):
        with ExitStack() as started:
            started.callback(self.broker.close)
            self.broker.start().ready()
            started.callback(self._bystander.stop)
            self._bystander.start()
            for program in self.programs:
                started.callback(program.close)
                program.start()
            for program in self.programs:
                self.is_up(program.name)
            self.open_desks()
            assert self.kiosk.shows("start"), self.kiosk.said
            self._started = started.pop_all()
        return self

    def __exit__(self, *_):
        self._started.close()

    @property
    def programs(self):
        return [self.kiosk, self.wall, self.keypad_desk, *([self.pin_desk] if self.pin_desk else [])]

    def open_desks(self):
        """Have the clerks sit down."""
        assert self.keypad_desk.reads("ZAMKNIETE")
        self.keypad_desk.press("O")
        assert self.keypad_desk.reads("WOLNE")
        if self.pin_desk:
            assert eventually(lambda: self.pin_desk.status == "closed")
            self.pin_desk.press("open_close")
            assert eventually(lambda: self.pin_desk.status == "free")

    # -- what a bystander hears --------------------------------------------------------------------------------

    def _overhear(self, topic, payload):
        self.requests.append((*topics.client_and_verb(topic), json.loads(payload)))

    def asked(self, verb):
        """Return every request of a verb, repeats too."""
        return [request for _, asked, request in list(self.requests) if asked == verb]

    def state(self, topic):
        return self._bystander.states.get(topic)

    def health(self, client):
        return (self.state(topics.health(client)) or {}).get("status")

    def is_up(self, client):
        assert eventually(lambda: self.health(client) in ("up", "degraded")), f"{client} is {self.health(client)}"

    @property
    def board(self):
        return msgspec.convert(self.state(topics.BOARD), messages.Board)

    @property
    def menu(self):
        return msgspec.convert(self.state(topics.MENU), messages.Menu)

    # -- what the database holds -------------------------------------------------------------------------------

    def rows(self, query, *values):
        with closing(sqlite3.connect(f"file:{self.broker.database}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(query, values)]

    def events(self, kind):
        return [
            json.loads(row["data"]) for row in self.rows("SELECT data FROM events WHERE kind = ? ORDER BY seq", kind)
        ]

    def ticket(self, number):
        """Return a ticket's row, or None."""
        return next(iter(self.rows("SELECT * FROM tickets WHERE number = ?", number)), None)

    def answer(self, number):
        """Return the ticket as the broker gave it to the kiosk."""
        replies = [json.loads(unpacked(row["answer"])) for row in self.rows("SELECT answer FROM answers")]
        given = [reply["ticket"] for reply in replies if reply.get("ticket", {}).get("status") == "waiting"]
        return msgspec.convert(next(ticket for ticket in given if ticket["number"] == number), messages.Ticket)

    # -- what people do ----------------------------------------------------------------------------------------

    def take(self, *names, kiosk=None):
        """Have a resident touch these things; return the number, once it is on the glass and the paper's fate known."""
        kiosk, known = kiosk or self.kiosk, len(self.rows("SELECT number FROM tickets"))
        kiosk.tap(*names)
        number = self.new_number(known)
        assert kiosk.shows("thanks")
        return number

    def new_number(self, known):
        """Return the number of the ticket after the first `known` ones."""
        query = 'SELECT number, printed FROM tickets ORDER BY "order" LIMIT 2 OFFSET ?'
        assert eventually(lambda: [row for row in self.rows(query, known) if row["printed"]]), self.kiosk.said
        (ticket,) = self.rows(query, known)
        return ticket["number"]

    def patient(self, desk, double_press_s=2):
        """Wait until NEXT at the desk is no longer taken for a second press of the last one."""
        last = [event["at"] for event in self.events("TicketCalled") if event["desk"] == desk][-1:]
        query = "SELECT (julianday('now') - julianday(?)) * 86400 AS ago"
        assert eventually(lambda: all(self.rows(query, at)[0]["ago"] > double_press_s + 0.05 for at in last))

    def called(self, number):
        """Return the call of a number, once the broker has made it."""
        assert eventually(lambda: [e for e in self.events("TicketCalled") if e["number"] == number]), number
        return [event for event in self.events("TicketCalled") if event["number"] == number]

    def shown(self, call):
        """Return when the wall has said that it drew and spoke the call."""
        assert eventually(lambda: call in self.shown_calls()), (call, self.wall.said)

    def shown_calls(self):
        return [event["call"] for event in self.events("CallShown")]

    # -- what must always hold ---------------------------------------------------------------------------------

    def check(self):
        """Assert that nothing was lost or doubled so far, once the wall has shown all that was called."""
        calls = sorted(event["call"] for kind in ("TicketCalled", "TicketRecalled") for event in self.events(kind))
        assert calls == list(range(1, len(calls) + 1))
        assert eventually(lambda: len(self.shown_calls()) >= len(calls)), (calls, self.shown_calls())
        assert sorted(self.shown_calls()) == calls
        assert [line["call"] for line in self.wall.announced()] == calls
        for kind in ("TicketIssued", "TicketPrinted", "TicketCalled"):
            numbers = [event["number"] for event in self.events(kind)]
            assert len(numbers) == len(set(numbers)), kind
        for program in self.programs:
            assert "Traceback" not in getattr(program, "said", ""), program.said
        assert "Traceback" not in self.broker.log
        assert not [line for line in self.kiosk.said.splitlines() if "can be tapped" in line]

"""Eight busy clients that never give up a request, and the reckoning with the database afterwards."""

import itertools
import json
import random
import sqlite3
import threading
from collections import Counter
from datetime import datetime

from broker.contract import topics
from tests.clients import Client
from tests.running_broker import office_with

RETRY_S = 0.1
MATTERS = ("id-cards", "population", "fees", "taxes", "filing", "information", "business", "housing", "mzgo", "drivers")
KIOSKS = ("kiosk-1", "kiosk-2", "kiosk-3")
DESKS = ("a", "b", "c", "d", "e")


def office():
    """Return an office with five desks that take every matter, and clerks who may press as fast as they like."""
    desk = '[[desk]]\nid = "{0}"\nlabel = {{ pl = "{0}" }}\nserves = {1}\n\n'
    return office_with(double_press_s=0) + "\n" + "".join(desk.format(name, json.dumps(MATTERS)) for name in DESKS)


class BusyOffice:
    """Three kiosks and five desks at work; `answers` holds every first answer, by request id, with its verb."""

    def __init__(self, url, seed):
        self.clients = [Client(url, name) for name in (*KIOSKS, *(f"desk-{desk}" for desk in DESKS))]
        self.answers = {}
        self.seed = seed
        self._closing = threading.Event()
        works = [self._work_at_kiosk] * len(KIOSKS) + [self._work_at_desk] * len(DESKS)
        self._threads = [
            threading.Thread(target=work, args=(client, random.Random(f"{seed} {client.client}")))
            for work, client in zip(works, self.clients, strict=True)
        ]

    def open(self):
        for client in self.clients:
            client.start()
        for thread in self._threads:
            thread.start()
        return self

    def close(self):
        """Let everybody finish the request at hand, then ask for a sample of old answers once more."""
        self._closing.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive(), "a client waits for ever"
        for client in self.clients:
            for request_id in random.Random(self.seed).sample(sorted(client.answers), min(30, len(client.answers))):
                verb, fields, answer = self.answers[request_id]
                if answer["ok"]:
                    client.ask(verb, request_id=request_id, **fields)
            client.stop()

    def _insist(self, client, verb, **fields):
        request_id = client.new_id()
        answer = client.insist(verb, RETRY_S, request_id=request_id, **fields)
        self.answers[request_id] = verb, fields, answer
        return answer

    def _work_at_kiosk(self, kiosk, chance):
        while not self._closing.is_set():
            answer = self._insist(kiosk, "ticket", category=chance.choice(MATTERS), language="pl")
            number = answer["ticket"]["number"]
            self._insist(kiosk, "printed", number=number, result=chance.choice(["printed", "printed", "failed"]))
            if chance.random() < 0.1:
                self._insist(kiosk, "cancel", number=number)
            self._closing.wait(chance.uniform(0, 0.02))

    def _work_at_desk(self, terminal, chance):
        desk = terminal.client.removeprefix("desk-")
        self._insist(terminal, "open", desk=desk)
        while not self._closing.is_set():
            if self._insist(terminal, "next", desk=desk)["ok"]:
                if chance.random() < 0.2:
                    self._insist(terminal, "no_show", desk=desk)
                elif chance.random() < 0.6:
                    self._insist(terminal, "start", desk=desk)
                    self._insist(terminal, "finish", desk=desk)
            self._closing.wait(chance.uniform(0, 0.02))

    # -- the reckoning ---------------------------------------------------------------------------------------

    def accepted(self, verb):
        """Return the accepted answers to one verb, by request id."""
        return {rid: answer for rid, (asked, _, answer) in self.answers.items() if asked == verb and answer["ok"]}

    def said_twice(self):
        """Return the requests that were answered with more than one content."""
        heard = itertools.chain.from_iterable(client.answers.items() for client in self.clients)
        return [request_id for request_id, answers in heard if len(set(answers)) != 1]

    def repeats(self):
        return sum(len(answers) - 1 for client in self.clients for answers in client.answers.values())


class Wall:
    """Every call that any board ever showed: call -> the numbers and desks that were shown for it."""

    def __init__(self, url):
        self.calls = {}
        self._client = Client(url, "display-1")
        self._client.bus.watch_raw(topics.BOARD, self._draw)
        self._client.start()
        self.stop = self._client.stop

    def _draw(self, _topic, payload):
        for call in json.loads(payload)["calls"]:
            self.calls.setdefault(call["call"], set()).add((call["number"], call["desk"], call["called_at"]))


class Books:
    """What the database says after it all."""

    def __init__(self, path):
        self._file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def check_against(self, office):
        """Compare what the clients were told with what is stored, and return the counts."""
        issued, called = office.accepted("ticket"), office.accepted("next")
        told = Counter(
            (a["ticket"]["number"], datetime.fromisoformat(a["ticket"]["issued_at"])) for a in issued.values()
        )
        stored = Counter(
            (number, datetime.fromisoformat(at)) for number, at in self._rows("number, issued_at", "tickets")
        )
        assert told == stored, "every ticket that was told is stored, and none beside"
        assert set(stored.values()) == {1}, "no number was given twice"
        assert self._requests("TicketIssued") == Counter(issued.keys()), "each tap issued one ticket"
        calls = {
            request_id: (json.loads(data)["number"], json.loads(data)["desk"])
            for request_id, data in self._rows("request_id, data", "events", "kind = 'TicketCalled'")
        }
        told_calls = {
            request_id: (answer["ticket"]["number"], answer["ticket"]["desk"])
            for request_id, answer in called.items()
            if answer["ticket"]["status"] == "called"
        }
        assert calls == told_calls, "each press called whom the clerk was told"
        assert set(self._requests("TicketCalled").values()) <= {1}, "each press called once"
        orders = Counter(json.loads(data)["order"] for (data,) in self._rows("data", "events", "kind = 'TicketCalled'"))
        assert set(orders.values()) <= {1}, "no ticket was called twice"
        numbers = [json.loads(data)["call"] for (data,) in self._rows("data", "events", "kind = 'TicketCalled'")]
        assert numbers == list(range(1, len(calls) + 1)), "calls are numbered one by one"
        assert self._rows("*", "pragma_integrity_check()") == [("ok",)]
        ((events,),) = self._rows("count(*)", "events")
        return {"requests": len(office.answers), "tickets": len(stored), "calls": len(calls), "events": events}

    def _requests(self, kind):
        return Counter(request_id for (request_id,) in self._rows("request_id", "events", f"kind = '{kind}'"))

    def _rows(self, columns, table, where="1"):
        return self._file.execute(f"SELECT {columns} FROM {table} WHERE {where}").fetchall()

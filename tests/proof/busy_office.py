"""Kiosks and desks that never rest while the broker dies, and the reckoning with the database afterwards."""

import itertools
import json
import random
import sqlite3
import threading
from collections import Counter
from datetime import datetime

from broker.contract import topics
from tests.clients import Client
from tests.proof.pressing_clerk import PressingClerk
from tests.running_broker import office_with

RETRY_S = 0.1
MATTERS = ("id-cards", "population", "fees", "taxes", "filing", "information", "business", "housing", "mzgo", "drivers")
KIOSKS = ("kiosk-1", "kiosk-2", "kiosk-3")
PRIORITIES = (None, None, None, "small-child", "disability", "elderly")
DESKS = ("a", "b")  # played by clients that insist until they are answered
TERMINALS = ("c", "d", "e", "f")  # real terminals, whose keypads clerks press
STAND_IN = {"fees": 5, "taxes": 5}
LONG_LINE = 20


def office(desks):
    """Return an office whose desks take every matter, every other one two of them as a stand-in; NEXT at any time."""
    tables = []
    for at, desk in enumerate(desks):
        stands_in = STAND_IN if at % 2 else {}
        serves = json.dumps([matter for matter in MATTERS if matter not in stands_in])
        handicaps = ", ".join(f"{matter} = {minutes}" for matter, minutes in stands_in.items())
        label = f'label = {{ pl = "Stanowisko {desk}" }}'
        tables.append(f'[[desk]]\nid = "{desk}"\n{label}\nserves = {serves}\nstands_in = {{ {handicaps} }}\n')
    return "\n".join([office_with(double_press_s=0), *tables])


class BusyOffice:
    """Three kiosks and six desks at work, four of them real terminals.

    `answers` holds every first answer to a client that insists, by request id, with its verb.
    """

    def __init__(self, folder, url, seed):
        self.clients = [Client(url, name) for name in (*KIOSKS, *(f"desk-{desk}" for desk in DESKS))]
        self.answers = {}
        self.overheard = Overheard(url, {f"desk-{desk}" for desk in TERMINALS})
        self.seed = seed
        self._closing = threading.Event()
        self.clerks = [
            PressingClerk(folder, url, desk, random.Random(f"{seed} {desk}"), self._closing) for desk in TERMINALS
        ]
        works = [self._work_at_kiosk] * len(KIOSKS) + [self._work_at_desk] * len(DESKS)
        self._threads = [
            threading.Thread(target=work, args=(client, random.Random(f"{seed} {client.client}")))
            for work, client in zip(works, self.clients, strict=True)
        ]

    def open(self):
        for client in (self.overheard.client, *self.clients):
            client.start()
        for worker in (*self._threads, *self.clerks):
            worker.start()
        return self

    def close(self):
        """Let everybody finish the request at hand, then ask for a sample of old answers once more."""
        self._closing.set()
        for clerk in self.clerks:
            clerk.finish()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive(), "a client waits for ever"
        for client in self.clients:
            for request_id in random.Random(self.seed).sample(sorted(client.answers), min(30, len(client.answers))):
                verb, fields, answer = self.answers[request_id]
                if answer["ok"]:
                    client.ask(verb, request_id=request_id, **fields)
        self.end()

    def end(self):
        """End everything, whatever became of the proof."""
        self._closing.set()
        for clerk in self.clerks:
            clerk.close()
        for client in (self.overheard.client, *self.clients):
            client.stop()

    def _insist(self, client, verb, **fields):
        request_id = client.new_id()
        answer = client.insist(verb, RETRY_S, request_id=request_id, **fields)
        self.answers[request_id] = verb, fields, answer
        return answer

    def _work_at_kiosk(self, kiosk, chance):
        while not self._closing.is_set():
            matter, priority = chance.choice(MATTERS), chance.choice(PRIORITIES)
            ticket = self._insist(kiosk, "ticket", category=matter, priority=priority, language="pl")["ticket"]
            number = ticket["number"]
            self._insist(kiosk, "printed", number=number, result=chance.choice(["printed", "printed", "failed"]))
            if chance.random() < 0.1:
                self._insist(kiosk, "cancel", number=number)
            # A line long enough to choose from, and not without end.
            self._closing.wait(chance.uniform(0, 0.02) if ticket["ahead"] < LONG_LINE else 0.3)

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
        told = [client.answers for client in self.clients] + [self.overheard.answers]
        heard = itertools.chain.from_iterable(answers.items() for answers in told)
        return [request_id for request_id, answers in heard if len(set(answers)) != 1]

    def repeats(self):
        return sum(len(answers) - 1 for client in self.clients for answers in client.answers.values())


class Overheard:
    """What the real terminals asked for and what they were told, as a bystander heard it."""

    def __init__(self, url, terminals):
        self.asked = {}  # request id -> verb and how often it was asked
        self.answers = {}
        self.client = Client(url, "bystander")
        self._terminals = terminals
        self.client.bus.watch_raw(topics.ALL_REQUESTS, self._hear_request)
        self.client.bus.watch_raw(topics.reply("+"), self._hear_answer)

    @property
    def asked_again(self):
        """Return the requests that a terminal repeated because no answer came."""
        return [request_id for request_id, (_, times) in self.asked.items() if times > 1]

    def called(self):
        """Return number and desk of every call that was answered to a terminal, by request id."""
        answers = {request_id: json.loads(answers[0]) for request_id, answers in self.answers.items()}
        told = {rid: answer for rid, answer in answers.items() if self.asked.get(rid, ("",))[0] == "next"}
        return _called(told)

    def _hear_request(self, topic, payload):
        client, verb = topics.client_and_verb(topic)
        if client in self._terminals:
            request_id = json.loads(payload)["request_id"]
            _, times = self.asked.get(request_id, (verb, 0))
            self.asked[request_id] = verb, times + 1

    def _hear_answer(self, topic, payload):
        if topic.rpartition("/")[2] in self._terminals:
            self.answers.setdefault(json.loads(payload)["request_id"], []).append(payload)


def _called(answers):
    return {
        request_id: (answer["ticket"]["number"], answer["ticket"]["desk"])
        for request_id, answer in answers.items()
        if answer["ok"] and answer["ticket"]["status"] == "called"
    }


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
        by_terminals = {rid: (number, desk) for rid, (number, desk) in calls.items() if desk in TERMINALS}
        told = office.overheard.called()
        assert calls.items() - by_terminals.items() == _called(called).items(), (
            "each press called whom the clerk was told"
        )
        assert told.items() <= by_terminals.items(), "each key called whom the terminal was told"
        for clerk in office.clerks:
            at_this_desk = iter(number for number, desk in by_terminals.values() if desk == clerk.desk)
            assert all(number in at_this_desk for number in clerk.called), (
                "a keypad showed what was called, in that order"
            )
        assert set(self._requests("TicketCalled").values()) <= {1}, "each press called once"
        orders = Counter(json.loads(data)["order"] for (data,) in self._rows("data", "events", "kind = 'TicketCalled'"))
        assert set(orders.values()) <= {1}, "no ticket was called twice"
        recalled = "kind IN ('TicketCalled', 'TicketRecalled') ORDER BY seq"
        numbers = [json.loads(data)["call"] for (data,) in self._rows("data", "events", recalled)]
        assert numbers == list(range(1, len(numbers) + 1)), "calls are numbered one by one"
        assert self._rows("*", "pragma_integrity_check()") == [("ok",)]
        ((events,),) = self._rows("count(*)", "events")
        requests = len(office.answers) + len(office.overheard.asked)
        return {"requests": requests, "tickets": len(stored), "calls": len(numbers), "events": events}

    def _requests(self, kind):
        return Counter(request_id for (request_id,) in self._rows("request_id", "events", f"kind = '{kind}'"))

    def _rows(self, columns, table, where="1"):
        return self._file.execute(f"SELECT {columns} FROM {table} WHERE {where}").fetchall()

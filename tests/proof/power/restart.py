"""The real broker, started on what a power cut has left, by nobody's hand."""

import random
import shutil
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.clients import Client
from tests.proof.busy_office import DESKS, MATTERS
from tests.running_broker import run_broker

from .promises import rows
from .reckoning import kept, moment_after, numbers_given_twice
from .recorded_day import PoweredBroker, RecordedDay, files_in
from .recording import recorded, shifted

ASKED_AGAIN = 5
IN_THE_AIR = 3
START_LIMIT_S = 60.0


class Restart:
    """A broker process on a disk that was cut off, its clock on the wall a moment after the cut.

    `found_there` are the files that it finds; `day` is the recording of what it did, where one was made.
    """

    def __init__(self, folder, tools, mqtt, *, recording=None):
        ahead = moment_after(_events_on(folder / "disk")) - datetime.now(UTC)
        more = shifted(tools, ahead.total_seconds())
        if recording:
            more |= recorded(tools, folder / "disk", recording)
        self.day = None
        self._recording = recording
        self.found_there = files_in(folder / "disk")
        self._folder = folder
        self._broker = PoweredBroker(folder, mqtt, **more)
        self._clients = {}

    def prove(self, cut, promises):
        """Start, ask again for what was answered and what was not, go on; what was found."""
        promised = promises.by(cut.done)
        try:
            start_s = self._seconds_to_first_answer()
            answered = [p for p in promised if p.client and p.events and p.request_id in promises.requests]
            for promise in random.Random(cut.seed).sample(answered, min(ASKED_AGAIN, len(answered))):
                self._ask_again(promise, promises)
            self._ask_what_was_in_the_air(promises, {promise.request_id for promise in promised})
            self._go_on()
            assert self._broker.stop() == 0
        finally:
            for client in self._clients.values():
                client.stop()
            self._broker.close()
        if self._recording:
            self.day = RecordedDay(self._folder, self._recording, [])
        found = self._reckon(promises, promised)
        found.start_s = start_s
        return found

    def _seconds_to_first_answer(self):
        begun = time.monotonic()
        self._broker.start()
        probe = self._client("probe")
        assert not probe.insist("finish", 0.01, desk="nowhere")["ok"]
        took = time.monotonic() - begun
        assert took < START_LIMIT_S
        return took

    def _ask_again(self, promise, promises):
        """Whoever was answered before the cut gets the same bytes."""
        verb, fields, _ = promises.requests[promise.request_id]
        client = self._client(promise.client)
        client.ask(verb, request_id=promise.request_id, **fields)
        assert client.answers[promise.request_id][-1] == promise.payload

    def _ask_what_was_in_the_air(self, promises, answered):
        """Whoever had no answer yet asks again, and again: one ticket, whether it was stored or not."""
        asked = ((rid, fields) for rid, (verb, fields, _) in promises.requests.items() if verb == "ticket")
        waiting = [(rid, fields) for rid, fields in asked if rid not in answered][:IN_THE_AIR]
        for request_id, fields in waiting:
            client = self._client(promises.kiosk_of(request_id))
            for _ in range(2):
                client.ask("ticket", request_id=request_id, **fields)
            assert len(set(client.answers[request_id])) == 1

    def _go_on(self):
        kiosk, desk = self._client("kiosk-9"), DESKS[0]
        for matter in MATTERS:
            kiosk.take(matter)
        clerk = self._client(f"desk-{desk}")
        clerk.ask("open", desk=desk)
        assert clerk.ask("next", desk=desk)["ok"]

    def _reckon(self, promises, promised):
        database = self._broker.database
        stored = rows(database, "events")
        same = next(
            (at for at, (a, b) in enumerate(zip(stored, promises.events, strict=False)) if a != b), len(promises.events)
        )
        found = kept(same, promises, promised)
        found.doubled = numbers_given_twice(stored, promises, promised)
        issued = [row["request_id"] for row in stored if row["kind"] == "TicketIssued"]
        assert len(issued) == len(set(issued)), "each tap issued one ticket"
        verdict = run_broker("verify", "--database", f"sqlite:///{database}")
        assert verdict.returncode == 0, verdict.stdout + verdict.stderr
        assert verdict.stdout.startswith("whole: ")
        return found

    def _client(self, name):
        if name not in self._clients:
            self._clients[name] = Client(self._broker.url, name).start()
        return self._clients[name]


def _events_on(disk):
    """Return the events on a disk, without touching it: the broker is to find it as the cut left it."""
    with TemporaryDirectory() as folder:
        database = Path(shutil.copytree(disk, Path(folder) / "disk")) / "hall.db"
        try:
            return rows(database, "events")
        except sqlite3.OperationalError:
            return []  # cut before there were tables
